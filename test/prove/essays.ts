import type { Proof } from './entries.ts'

const journey = 'test/essays.test.ts'
const races = 'test/races/marking-essays.test.ts'

/** One break for each promise about essays that people mark. */
export const essays: Proof[] = [
  broken(
    'Essays: there is no result while an answer waits for a mark',
    'an essay is written, handed in, marked and told without JavaScript: en',
    'models/closing-attempts.ts',
    'unmarked(items).length ? null : grade(',
    'grade(',
  ),
  broken(
    'Essays: nothing waits for a marker while late answers may arrive',
    'nothing waits for a marker while late answers may arrive',
    'models/essay.ts',
    'const UNMARKED = `select * from attempts where handed_in_at is not null and percent is null`',
    'const UNMARKED = `select * from attempts where percent is null`',
  ),
  broken(
    'Essays: the second of two markers is told, and nothing is overwritten',
    'of two markers at one essay',
    'models/marking-essays.ts',
    'if (signOf(mark) !== seen) throw',
    'if (!seen) void',
  ),
  broken(
    'Essays: what another has made final stays',
    'what another marker has made final stays',
    'models/marking-essays.ts',
    'if (mark.final) throw',
    'if (mark.final) void',
  ),
  broken(
    'Essays: nobody marks their own',
    'nobody marks their own',
    'models/essay.ts',
    'where t.id in (${MARKS_IN}) and e.person_id <> $1 and',
    'where t.id in (${MARKS_IN}) and',
  ),
  broken(
    'Essays: the grade follows a mark that was changed',
    'a mark changed after the result was told',
    'models/settling.ts',
    '  await keepBest(place)\n',
    '',
  ),
  broken(
    'Essays: a correction of results keeps marks',
    'a regrade keeps marks',
    'models/regrade.ts',
    '    marksIn(items),\n',
    '',
  ),
  broken(
    'Essays: what waited only for a question that was dropped has its result',
    'an essay dropped while it waits',
    'models/regrading.ts',
    'await settle(id, null)',
    '',
  ),
  broken(
    'Essays: erasure takes the words of them',
    'erasure takes the words of an essay',
    'models/forgetting-works.ts',
    `set value = '["…"]'`,
    'set value = value',
  ),
  {
    promise: 'Essays: an essay is worth at most its points',
    test: 'test/grading.test.ts',
    file: 'models/grading.ts',
    find: 'Math.min(mark, item.points)',
    replace: 'mark',
  },
  {
    promise: 'Essays: those a test may draw are worth the same',
    test: 'test/curriculum/bank.test.ts',
    file: 'models/curriculum/checking/module.ts',
    find: 'each !== undefined && each === points[0]',
    replace: 'each !== undefined',
  },
  {
    promise: 'Essays: no word of a mark before its time',
    test: 'test/attempt-leaks.test.ts',
    only: 'essays wait for marks',
    file: 'models/own-data.ts',
    find: 'and a.percent is not null and m.final_at is not null',
    replace: '',
  },
  {
    promise: 'Essays: made final by many at once, one result is made',
    test: races,
    only: 'made final by forty at once',
    on: 'postgres',
    file: 'models/marking-essays.ts',
    find: 'if (place) await lockEnrollment(place.enrollmentId)',
    replace: 'if (place) await Promise.resolve(lockEnrollment)',
  },
]

function broken(promise: string, only: string, file: string, find: string, replace: string): Proof {
  return { promise, test: journey, only, file, find, replace }
}
