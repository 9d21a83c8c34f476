import { brokenConstraint, inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { record } from './audit.ts'
import { DATA_NOTICE } from './data-notice.ts'
import { notify, recipient } from './notifying.ts'
import { closeTokens, type OneTimeToken, useUp } from './one-time-tokens.ts'
import { Refused } from './refused.ts'
import type { WaitingRegistration } from './registering.ts'

/**
 * Confirms an address: of a registration (which takes effect as it was typed beside this very link), or the new address
 * of an account. A link works once.
 * @throws Refused 'account.linkOver' when it was used or is too old, 'account.addressTaken' when the new address belongs to another account by now
 */
export async function confirmAddress(token: OneTimeToken): Promise<void> {
  await inTransaction(async () => {
    if (!(await useUp(token))) throw new Refused('account.linkOver')
    if (token.purpose === 'change_address') await moveTo(token)
    else await confirm(token)
  })
}

async function confirm({ accountId, registration }: OneTimeToken) {
  const account = await one<{ personId: string }>(
    'confirm.account',
    'update accounts set verified_at = $2 where id = $1 and verified_at is null returning person_id as "personId"',
    [accountId, now()],
  )
  // Confirmed already by another link: what stands, stands.
  if (!account) return
  if (registration) await take(account.personId, registration as WaitingRegistration)
  await closeTokens(accountId, ['confirm_address'])
  await record({ id: account.personId }, 'address.confirmed', 'person', account.personId)
}

async function take(personId: string, data: WaitingRegistration) {
  await sql(
    'confirm.person',
    `update people set name_latin = $2, name_cyrillic = $3, name_own = $4, name_own_script = $5, country = $6,
       organization = $7, agency_type = $8, sex = $9, locale = $10, zone = $11 where id = $1`,
    [
      ...[personId, data.nameLatin, data.nameCyrillic, data.nameOwn, data.nameOwnScript, data.country],
      ...[data.organization, data.agencyType, data.sex, data.locale, data.zone],
    ],
  )
  await sql('confirm.password', 'update accounts set password_hash = $2 where person_id = $1', [
    personId,
    data.passwordHash,
  ])
  await sql(
    'confirm.consent',
    'insert into consents (person_id, purpose, wording_version, given_at) values ($1, $2, $3, $4)',
    [personId, DATA_NOTICE.purpose, data.notice, now()],
  )
}

async function moveTo({ accountId, address }: OneTimeToken) {
  const account = await one<{ personId: string }>(
    'move.account',
    'select person_id as "personId" from accounts where id = $1',
    [accountId],
  )
  const old = await recipient(account!.personId)
  try {
    await sql('move.address', 'update accounts set email = $2 where id = $1', [accountId, address])
  } catch (error) {
    if (brokenConstraint(error)) throw new Refused('account.addressTaken')
    throw error
  }
  await closeTokens(accountId, ['change_address', 'reset_password'])
  await record({ id: account!.personId }, 'address.changed', 'person', account!.personId)
  if (old) await notify(old, 'address-changed', `address-changed:${accountId}:${now().epochMilliseconds}`, {})
}
