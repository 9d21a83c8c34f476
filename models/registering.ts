import { inTransaction, one, sql } from '../lib/db.ts'
import { hashPassword } from '../lib/passwords.ts'
import { now } from '../lib/time.ts'
import { record } from './audit.ts'
import { DATA_NOTICE } from './data-notice.ts'
import { notify, recipient } from './notifying.ts'
import { issueToken } from './one-time-tokens.ts'
import type { Sex } from './person.ts'

/** What a person says about themselves. `country` is null for an international organization. */
export type PersonData = {
  nameLatin: string
  nameCyrillic: string | null
  nameOwn: string | null
  nameOwnScript: string | null
  country: string | null
  organization: string | null
  agencyType: string
  sex: Sex
}

export type Registration = PersonData & { email: string; password: string; locale: string; zone: string }

/** A registration as it waits beside its link, the password already hashed. */
export type WaitingRegistration = Omit<Registration, 'email' | 'password'> & { passwordHash: string; notice: number }

/** A second registration within this time is a double click or an impatient reader: the mail is on its way. */
const PATIENCE = { seconds: 60 }

/**
 * Registers a person and mails a link that confirms the address. Who owns the address is never told on the page: a known
 * address gets a mail that says so, after the same work. However often the form is sent, there is one account.
 */
export async function register({ email, password, ...data }: Registration, dataKey: Buffer): Promise<void> {
  const waiting: WaitingRegistration = {
    ...data,
    passwordHash: await hashPassword(password),
    notice: DATA_NOTICE.version,
  }
  await inTransaction(async () => {
    const known = (await accountAt(email)) ?? (await create(email, waiting))
    if (known.verified) return remind(known)
    if (await mailedLately(known.id)) return
    await mailConfirmation({ ...known, email }, waiting, dataKey)
  })
}

type Known = { id: string; personId: string; verified: boolean }

function accountAt(email: string): Promise<Known | undefined> {
  return one<Known>(
    'register.account',
    `select id, person_id as "personId", verified_at is not null as verified from accounts where email = $1`,
    [email],
  )
}

/** The unique index on the address is the lock: who comes second waits for the first, then finds their account. */
async function create(email: string, waiting: WaitingRegistration): Promise<Known> {
  const person = await one<{ id: string }>(
    'register.person',
    `insert into people (name_latin, locale, zone, created_at) values ($1, $2, $3, $4) returning id`,
    [waiting.nameLatin, waiting.locale, waiting.zone, now()],
  )
  const account = await one<{ id: string }>(
    'register.add',
    `insert into accounts (person_id, email, password_hash, created_at) values ($1, $2, $3, $4)
     on conflict (email) do nothing returning id`,
    [person!.id, email, waiting.passwordHash, now()],
  )
  if (!account) {
    await sql('register.surplus', 'delete from people where id = $1', [person!.id])
    return (await accountAt(email))!
  }
  await record(null, 'person.registered', 'person', person!.id)
  return { id: account.id, personId: person!.id, verified: false }
}

async function mailConfirmation(
  account: { id: string; personId: string; email: string },
  waiting: WaitingRegistration,
  dataKey: Buffer,
) {
  const { id, token, code } = await issueToken({
    ...{ accountId: account.id, purpose: 'confirm_address', address: account.email, dataKey },
    registration: waiting,
  })
  const to = { personId: account.personId, address: account.email, locale: waiting.locale, zone: waiting.zone }
  await notify(to, 'confirm-address', `confirm-address:${id}`, { link: `/confirm/${token}`, code })
}

async function mailedLately(accountId: string): Promise<boolean> {
  const row = await one(
    'register.lately',
    `select id from one_time_tokens where account_id = $1 and purpose = 'confirm_address' and created_at > $2 limit 1`,
    [accountId, now().subtract(PATIENCE)],
  )
  return Boolean(row)
}

/** At most one such mail an hour. */
async function remind({ id, personId }: Known) {
  const to = await recipient(personId)
  const hour = Math.floor(now().epochMilliseconds / 3_600_000)
  if (to) await notify(to, 'address-known', `address-known:${id}:${hour}`, { link: '/sign-in' })
}

/** A fresh link for what was registered last with this address; silent when there is nothing to confirm. */
export async function mailConfirmationAgain(email: string, dataKey: Buffer): Promise<void> {
  await inTransaction(async () => {
    const known = await accountAt(email)
    if (!known || known.verified || (await mailedLately(known.id))) return
    const last = await one<{ registration: WaitingRegistration }>(
      'register.last',
      `select registration from one_time_tokens where account_id = $1 and purpose = 'confirm_address'
         and registration is not null order by id desc limit 1`,
      [known.id],
    )
    if (last) await mailConfirmation({ ...known, email }, last.registration, dataKey)
  })
}

/** Days after which a registration that nobody confirmed is forgotten. */
export const UNCONFIRMED_DAYS = 7

/** Removes registrations that nobody confirmed, with all that was typed; returns how many. */
export async function forgetUnconfirmed(): Promise<number> {
  return inTransaction(async () => {
    const accounts = await sql<{ id: string; personId: string }>(
      'register.forgotten',
      `delete from accounts a where verified_at is null and created_at < $1
         and not exists (select 1 from one_time_tokens t where t.account_id = a.id and t.used_at is null and t.expires_at > $2)
         and not exists (select 1 from role_grants g where g.person_id = a.person_id)
         and not exists (select 1 from enrollments e where e.person_id = a.person_id)
       returning id, person_id as "personId"`,
      [now().subtract({ hours: 24 * UNCONFIRMED_DAYS }), now()],
    )
    const people = accounts.map(account => account.personId)
    await sql('register.forgotten-mails', 'delete from mails where person_id = any ($1)', [people])
    await sql('register.forgotten-consents', 'delete from consents where person_id = any ($1)', [people])
    await sql('register.forgotten-people', 'delete from people where id = any ($1)', [people])
    return accounts.length
  })
}
