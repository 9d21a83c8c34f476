// A process that runs the tests once for each change: told ids, it says of each whether the tests turned red.
// With __STRYKER_ACTIVE_MUTANT__ in its environment, one change is on from the first line, for what is computed at loading.
import fc from 'fast-check'
import Mocha from 'mocha'

const switches = globalThis as unknown as { __stryker__: { activeMutant?: string; mutantCoverage?: Covered } }
type Covered = { static: Record<string, number>; perTest: Record<string, Record<string, number>> }

switches.__stryker__ ??= {}
// Enough to see a change; the suite itself looks at more.
fc.configureGlobal({ numRuns: 30 })

const mocha = new Mocha({ reporter: class {} as never, bail: true, timeout: 20_000 })
mocha.cleanReferencesAfterRun(false)
for (const file of process.argv.slice(2)) mocha.addFile(file)
await mocha.loadFilesAsync()
const loaded = Object.keys(switches.__stryker__.mutantCoverage?.static ?? {})

const failures = () => new Promise<number>(resolve => void mocha.run(resolve))

process.on('message', async (id: string | null) => {
  if (id !== null) switches.__stryker__.activeMutant = id
  const count = await failures()
  process.send!({ id, failures: count, loaded })
})
process.send!('ready')
