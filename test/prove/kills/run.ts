// node test/prove/kills/run.ts COUNT SEED: kills so many times and says what came of it; ends with 1 when something is wrong.
import { killPoints } from './trial.ts'
import { section } from './report.ts'

const [count = '12', seed = 'any'] = process.argv.slice(2)
const outcome = await killPoints(Number(count), seed)
console.log(section(outcome, new Date().toISOString().slice(0, 10)))
for (const fault of outcome.faults) console.error(fault)
process.exitCode = outcome.faults.length ? 1 : 0
