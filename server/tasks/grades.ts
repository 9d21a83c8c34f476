import { ConfigError, readConfig } from '../../lib/config.ts'
import { inScope } from '../../lib/db.ts'
import { DatabaseInUse } from '../../lib/embedded.ts'
import { type Checked, checkGrades } from '../../models/checking-grades.ts'
import { openDatabase } from '../database.ts'

const USAGE = 'Usage: bin/grades check    computes every grade again and lists those stored otherwise; changes nothing'

/** `bin/grades check`: ends with 1 when anything differs. */
try {
  process.exitCode = process.argv[2] === 'check' ? await check() : usage()
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof DatabaseInUse)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function check() {
  const database = await openDatabase(readConfig(process.env))
  try {
    const checked = await inScope(checkGrades)
    const lines = linesOf(checked)
    console.log([...lines, `${checked.attempts} attempts computed again, ${lines.length} differences`].join('\n'))
    return lines.length ? 1 : 0
  } finally {
    await database.close()
  }
}

const linesOf = ({ differences, receipts, unsettled, grades }: Checked) => [
  ...differences.map(each => `attempt ${each.id}: ${each.stored} % stored, ${each.computed} % computed`),
  ...receipts.map(id => `attempt ${id}: the receipt is not that of the answers`),
  ...unsettled.map(id => `attempt ${id}: it has a result before all marks, or none after them`),
  ...grades.map(each =>
    each.stored < 0
      ? `enrollment ${each.enrollmentId}: no grade stored, ${each.computed} % computed`
      : `enrollment ${each.enrollmentId}: grade ${each.stored} % stored, ${each.computed} % computed`,
  ),
]

function usage() {
  console.error(USAGE)
  return 2
}
