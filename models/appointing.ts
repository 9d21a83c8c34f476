import { inTransaction, one, sql } from '../lib/db.ts'
import { hashPassword } from '../lib/passwords.ts'
import { newToken } from '../lib/secrets.ts'
import { now } from '../lib/time.ts'
import { record } from './audit.ts'
import { strangerIn } from './names.ts'
import { issueToken } from './one-time-tokens.ts'

/** What came of it: a new account with the path of its link, or a role for an account that was there. */
export type Appointment = { done: 'made'; link: string } | { done: 'granted' } | { done: 'held' }

/** Why an address or a name cannot be taken, in words for a terminal; undefined when both can. */
export function unfit(email: string, name: string): string | undefined {
  if (!/^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(\.[a-z\d-]+)+$/i.test(email))
    return `"${email}" is not a mail address in Latin letters`
  if (!/\p{L}/u.test(name)) return 'The name is missing: as in the passport, in Latin letters'
  const letter = strangerIn(name, 'latin')
  return letter && `"${letter}" in the name is not a Latin letter`
}

/**
 * Makes an administrator from the command line: who can run it holds the database anyway. An address that has an account
 * gets the role, its password untouched; a new one gets an account without a usable password and a one-time link to set it.
 */
export async function appoint(email: string, name: string, dataKey: Buffer): Promise<Appointment> {
  const hash = await hashPassword(newToken())
  return inTransaction(async () => {
    const known = await one<{ id: string }>('appoint.known', 'select person_id as id from accounts where email = $1', [
      email,
    ])
    if (known) return (await grant(known.id)) ? { done: 'granted' } : { done: 'held' }
    const person = await one<{ id: string }>(
      'appoint.person',
      'insert into people (name_latin, created_at) values ($1, $2) returning id',
      [name, now()],
    )
    const account = await one<{ id: string }>(
      'appoint.account',
      'insert into accounts (person_id, email, password_hash, created_at) values ($1, $2, $3, $4) returning id',
      [person!.id, email, hash, now()],
    )
    await grant(person!.id)
    const { token } = await issueToken({ accountId: account!.id, purpose: 'reset_password', address: email, dataKey })
    return { done: 'made', link: `/reset-password/${token}` }
  })
}

async function grant(personId: string): Promise<boolean> {
  const held = await one(
    'appoint.held',
    `select id from role_grants where person_id = $1 and role = 'administrator' and (valid_to is null or valid_to > $2)`,
    [personId, now()],
  )
  if (held) return false
  await sql(
    'appoint.grant',
    `insert into role_grants (person_id, role, scope_kind, scope_id, valid_from) values ($1, 'administrator', 'center', '', $2)`,
    [personId, now()],
  )
  await record(null, 'role.granted', 'person', personId, { role: 'administrator', by: 'command' })
  return true
}
