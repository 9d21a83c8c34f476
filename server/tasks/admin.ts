import { ConfigError, readConfig } from '../../lib/config.ts'
import { inScope } from '../../lib/db.ts'
import { DatabaseInUse } from '../../lib/embedded.ts'
import { appoint, unfit } from '../../models/appointing.ts'
import { openDatabase } from '../database.ts'
import { fillStates } from '../states.ts'

const USAGE = 'Usage: bin/admin EMAIL NAME      e.g. bin/admin aysel@center.example "Aysel Huseynova"'

/** `bin/admin EMAIL NAME`: makes the first administrator, or gives the role to the account that has the address. */
const [email = '', ...names] = process.argv.slice(2)

try {
  process.exitCode = await main(email.trim(), names.join(' ').replace(/\s+/g, ' ').trim())
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof DatabaseInUse)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function main(address: string, name: string): Promise<number> {
  const fault = unfit(address, name)
  if (fault) {
    console.error(`${fault}.\n${USAGE}`)
    return 2
  }
  const config = readConfig(process.env)
  const database = await openDatabase(config)
  try {
    await fillStates()
    const made = await inScope(() => appoint(address, name, config.dataKey))
    console.log(
      {
        made: () =>
          `${name} <${address}> is an administrator. Set a password within one hour, by this link that works once:\n` +
          `${config.baseUrl}/en${made.done === 'made' ? made.link : ''}\n` +
          `Later: ask for a new link at ${config.baseUrl}/en/reset-password`,
        granted: () =>
          `${address} has an account already: it is an administrator from now on. Its password and name are as before.`,
        held: () => `${address} is an administrator already. Nothing was changed.`,
      }[made.done](),
    )
    return 0
  } finally {
    await database.close()
  }
}
