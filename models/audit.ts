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
export async function record(who: Who, action: string, kind: string, id: string | number, details: object = {}) {
  await sql(
    'audit.add',
    `insert into audit_entries (at, actor_id, action, record_kind, record_id, details, request_id)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [now(), who?.id ?? null, action, kind, String(id), JSON.stringify(details), requestIds.getStore() ?? null],
  )
}

/** Writes one step of a record's life: who, when, why. */
export async function transition(
  kind: string,
  id: string,
  from: string | null,
  to: string,
  who: Who,
  reason: string | null = null,
) {
  await sql(
    'transition.add',
    `insert into transitions (record_kind, record_id, from_status, to_status, by_id, at, reason)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [kind, id, from, to, who?.id ?? null, now(), reason],
  )
}
