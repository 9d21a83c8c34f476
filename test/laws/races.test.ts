import { files, none, read } from './tree.ts'

// A verb that locks does so because two people may come at once. Only forty of them at once show whether the lock holds.
const verbs = files('models', '.ts').filter(path => /\bfor (?:no key )?update\b|\bpg_advisory/.test(code(path)))
const races = new Set(files('test/races', '.test.ts').map(nameOf))

/** Verbs whose lock is raced in the test of another verb. */
const racedWith: Record<string, string> = {
  announcing: 'scheduling',
  booking: 'scheduling',
  'forgetting-in-agendas': 'scheduling',
  allocating: 'marking',
  extending: 'marking',
  releasing: 'marking',
  submitting: 'marking',
  settling: 'marking-essays',
  completing: 'attending',
  'closing-attempts': 'attempting',
  'importing-attendance': 'attending',
  'showing-codes': 'attending',
  'walking-in': 'attending',
}

/** Stands among the races because it needs PostgreSQL. */
const noRace = ['test/races/kill-points.test.ts']

describe('law: races', () => {
  it('every verb that locks is raced in a test of its name', () => {
    none(verbs.map(nameOf).filter(name => !races.has(racedWith[name] ?? name)))
  })

  it('every race is real: many connections at once, on PostgreSQL', () => {
    none(
      files('test/races', '.test.ts').filter(
        path => !noRace.includes(path) && !/\bPromise\.all|\bat40\b|\batOnce\b/.test(read(path)),
      ),
    )
  })
})

function nameOf(path: string): string {
  return path
    .split('/')
    .at(-1)!
    .replace(/(\.test)?\.ts$/, '')
}

function code(path: string): string {
  return read(path).replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')
}
