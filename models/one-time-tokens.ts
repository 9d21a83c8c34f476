import { one, sql } from '../lib/db.ts'
import { fingerprint, keyedHash, newDigits, newToken } from '../lib/secrets.ts'
import { now } from '../lib/time.ts'

export type Purpose = 'confirm_address' | 'reset_password' | 'change_address'

export type OneTimeToken = {
  id: string
  accountId: string
  purpose: Purpose
  address: string
  registration: unknown
  usedAt: Temporal.Instant | null
  expiresAt: Temporal.Instant
}

const HOURS: Record<Purpose, number> = { confirm_address: 24, reset_password: 1, change_address: 24 }
const TRIES = 5

type Issue = { accountId: string; purpose: Purpose; address: string; dataKey: Buffer; registration?: object }

/**
 * Makes a one-time link and the six digits that stand in for it where links are blocked. Only hashes are kept; the
 * digits, which could be guessed from a plain hash, under the key of the platform.
 */
export async function issueToken({ accountId, purpose, address, dataKey, registration }: Issue) {
  const [token, code] = [newToken(), newDigits()]
  const row = await one<{ id: string }>(
    'token.add',
    `insert into one_time_tokens (account_id, purpose, token_hash, code_hash, address, created_at, expires_at, registration)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [
      ...[accountId, purpose, fingerprint(token), codeHash(dataKey, address, code), address, now()],
      ...[now().add({ hours: HOURS[purpose] }), registration ? JSON.stringify(registration) : null],
    ],
  )
  return { id: row!.id, token, code }
}

const COLUMNS = `id, account_id as "accountId", purpose, address::text as address, registration, used_at as "usedAt",
  expires_at as "expiresAt"`

/** The token of a link, whatever became of it. */
export function tokenOf(link: string): Promise<OneTimeToken | undefined> {
  return one<OneTimeToken>('token.get', `select ${COLUMNS} from one_time_tokens where token_hash = $1`, [
    fingerprint(link),
  ])
}

/** Whether a link still works: nobody has used it and its time has not run out. */
export const isOpen = (token: OneTimeToken): boolean =>
  !token.usedAt && Temporal.Instant.compare(token.expiresAt, now()) > 0

/**
 * The open token that these digits stand in for, or undefined. Every open token of the address loses a try, right or
 * wrong; after five its digits are dead and only its link works. Call it outside the transaction of the act: a refused
 * act must not give the try back.
 */
export async function tokenByCode(purposes: Purpose[], address: string, code: string, dataKey: Buffer) {
  const rows = await sql<OneTimeToken & { codeHash: string }>(
    'token.try',
    `update one_time_tokens set tries = tries + 1
     where address = $1 and purpose = any ($2) and used_at is null and expires_at > $3 and tries < $4
     returning ${COLUMNS}, code_hash as "codeHash"`,
    [address, purposes, now(), TRIES],
  )
  return rows.find(row => row.codeHash === codeHash(dataKey, row.address, code))
}

/** Uses a token up, once however many come at the same time; false for those who come second or too late. */
export async function useUp(token: OneTimeToken): Promise<boolean> {
  const used = await one(
    'token.use',
    'update one_time_tokens set used_at = $2 where id = $1 and used_at is null and expires_at > $2 returning id',
    [token.id, now()],
  )
  return Boolean(used)
}

/** Closes what else is open for an account: after an act, older links for the same do nothing. */
export const closeTokens = (accountId: string, purposes: Purpose[]) =>
  sql(
    'token.close',
    'update one_time_tokens set used_at = $3 where account_id = $1 and purpose = any ($2) and used_at is null',
    [accountId, purposes, now()],
  )

const codeHash = (dataKey: Buffer, address: string, code: string) =>
  keyedHash(dataKey, `one-time code ${address.toLowerCase()} ${code}`)
