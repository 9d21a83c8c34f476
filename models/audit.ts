import { AsyncLocalStorage } from 'node:async_hooks'
import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'

/** Carries the id of the request, so that an audit line can be joined with the log. */
export const requestIds = new AsyncLocalStorage<string>()

type Who = { id: string | null } | null

/**
 * Writes an audit line in the ambient transaction: who did what to which record.
 * @param action noun and participle, e.g. 'enrollment.confirmed'
 * @param details reasons, old and new values; never a secret
 */
export const record = (who: Who, action: string, kind: string, id: string | number, details: object = {}) =>
  recordAll(who, action, kind, [{ id, details }])

/** The same for one act on many records, in one statement. */
export async function recordAll(
  who: Who,
  action: string,
  kind: string,
  of: { id: string | number; details: object }[],
) {
  if (!of.length) return
  await sql(
    'audit.add',
    `insert into audit_entries (at, actor_id, action, record_kind, record_id, details, request_id)
     select $1::timestamptz, $2::bigint, $3, $4, id, details::jsonb, $7 from unnest($5::text[], $6::text[]) as x (id, details)`,
    [
      ...[now(), who?.id ?? null, action, kind],
      ...[of.map(({ id }) => String(id)), of.map(({ details }) => JSON.stringify(details))],
      requestIds.getStore() ?? null,
    ],
  )
}

/** Writes one step of a record's life: who, when, why. */
export const transition = (
  kind: string,
  id: string,
  from: string | null,
  to: string,
  who: Who,
  reason: string | null = null,
) => transitionAll(kind, [{ id, from }], to, who, reason)

/** The same step of many records, in one statement. */
export async function transitionAll(
  kind: string,
  of: { id: string; from: string | null }[],
  to: string,
  who: Who,
  reason: string | null = null,
) {
  if (!of.length) return
  await sql(
    'transition.add',
    `insert into transitions (record_kind, record_id, from_status, to_status, by_id, at, reason)
     select $1, id::bigint, was, $4, $5::bigint, $6::timestamptz, $7 from unnest($2::text[], $3::text[]) as x (id, was)`,
    [kind, of.map(({ id }) => id), of.map(({ from }) => from), to, who?.id ?? null, now(), reason],
  )
}
