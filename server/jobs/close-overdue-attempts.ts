import { log } from '../../lib/log.ts'
import { closeOverdue } from '../../models/attempting.ts'

/** Hands in the attempts whose time is over and whose person has not come back. */
export async function closeOverdueAttempts() {
  const count = await closeOverdue()
  if (count) log.info({ count }, 'attempts closed because their time was over')
}
