import { log } from '../../lib/log.ts'
import { closeOverdue } from '../../models/closing-attempts.ts'
import { beat } from '../../models/giving-back.ts'

/** Closes the attempts whose time is over and whose late answers are in. */
export async function closeOverdueAttempts() {
  // What was lost while the platform was away is given back before anything is closed.
  await beat()
  const count = await closeOverdue()
  if (count) log.info({ count }, 'attempts closed because their time was over')
}
