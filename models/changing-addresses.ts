import { inTransaction, one } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { insistOnPassword } from './changing-passwords.ts'
import { notify, recipient } from './notifying.ts'
import { issueToken } from './one-time-tokens.ts'

/**
 * Asks to move the account to a new address: a link goes to the new one, and nothing changes until it is used. An
 * address that has an account already gets a mail that says so; the page says the same in both cases.
 * @throws Refused 'account.passwordWrong'
 */
export async function askAddressChange(
  actor: Actor,
  password: string,
  address: string,
  dataKey: Buffer,
): Promise<void> {
  await insistOnPassword(actor, password, 'password')
  await inTransaction(async () => {
    const account = await one<{ id: string; taken: string | null }>(
      'change-address.account',
      `select a.id, (select other.person_id from accounts other where other.email = $2) as taken
       from accounts a where a.person_id = $1`,
      [actor.id, address],
    )
    if (account!.taken === actor.id) return
    const to = { ...(await recipient(actor.id!))!, address }
    if (account!.taken) return tellTaken(account!.taken)
    const { id, token, code } = await issueToken({
      ...{ accountId: account!.id, purpose: 'change_address', address, dataKey },
    })
    await notify(to, 'change-address', `change-address:${id}`, { link: `/confirm/${token}`, code })
    await record(actor, 'address.change-asked', 'person', actor.id!)
  })
}

async function tellTaken(personId: string) {
  const to = await recipient(personId)
  const hour = Math.floor(now().epochMilliseconds / 3_600_000)
  if (to) await notify(to, 'address-known', `address-known:${personId}:${hour}`, { link: '/sign-in' })
}
