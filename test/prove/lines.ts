import type { Proof } from './entries.ts'

const checker = 'test/support/lines/history.ts'
const browser = 'test/browser/lines.test.ts'
const killed = 'test/races/killed.test.ts'

/** A battery that cannot fail proves nothing: answers are lost on purpose, on the device, on the way and in the record. */
export const lines: Proof[] = [
  {
    promise: 'Lines: an answer leaves the device only when the platform has it',
    test: browser,
    file: 'public/js/autosave.js',
    find: 'write({ ...kept, leaving: batch.at(-1).counter })',
    replace: 'write({ ...kept, waiting: kept.waiting.slice(batch.length), leaving: batch.at(-1).counter })',
  },
  {
    promise: 'Lines: what is kept survives the end of its tab',
    test: browser,
    file: 'public/js/autosave.js',
    find: 'else if (value !== undefined) localStorage.setItem(name, value)',
    replace: 'else if (value !== undefined) throw new Error()',
  },
  {
    promise: 'Lines: what counts follows the count of the device, also after being sent again',
    test: browser,
    file: 'models/attempt.ts',
    find: 'order by x.device, x.counter desc) d',
    replace: 'order by x.device, x.counter) d',
  },
  {
    promise: 'Killed: an acknowledged answer is in the record',
    test: killed,
    on: 'postgres',
    file: 'models/answering.ts',
    find: 'const saved = inTime.filter(fits)\n    await insert(',
    replace: 'const saved = inTime.filter(fits)\n    if (Math.random() < 0.9) await insert(',
  },
  {
    promise: 'Killed: the time the platform was away is given back',
    test: killed,
    on: 'postgres',
    file: 'models/giving-back.ts',
    find: 'if (seconds <= AWAY_SECONDS) return undefined',
    replace: 'return undefined',
  },
  {
    promise: 'The checker of histories sees an acknowledged answer that is lost',
    test: 'test/lines.test.ts',
    only: 'acknowledged answer that is lost',
    file: checker,
    find: 'return [...lost(history), ...forgotten(history),',
    replace: 'return [...forgotten(history),',
  },
  {
    promise: 'The checker of histories sees an answer that nobody gave',
    test: 'test/lines.test.ts',
    only: 'nobody gave',
    file: checker,
    find: 'return at < 0 ?',
    replace: 'return at < -1 ?',
  },
]
