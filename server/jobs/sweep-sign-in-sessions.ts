import { sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import { forgetLists } from '../../models/importing-attendance.ts'
import { forgetImports } from '../../models/importing-items.ts'
import { forgetUnconfirmed } from '../../models/registering.ts'

/**
 * Removes what has expired: sign-in sessions, one-time tokens, counters of tries, registrations nobody confirmed, lists
 * of meetings and files of questions nobody used.
 */
export async function sweepSignInSessions() {
  await sql('sweep.sessions', 'delete from sign_in_sessions where expires_at < $1', [now()])
  await sql('sweep.tokens', 'delete from one_time_tokens where expires_at < $1', [now().subtract({ hours: 24 * 7 })])
  await sql('sweep.limits', 'delete from rate_limits where expire < $1', [now().epochMilliseconds])
  await forgetLists()
  await forgetImports()
  await forgetUnconfirmed()
}
