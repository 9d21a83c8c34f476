import { sql } from '../lib/db.ts'
import type { Value } from './items/kind.ts'

/** One save of an answer, as it arrived. */
export type Save = {
  position: number
  value: Value
  /** Which of the devices that saved in this attempt, in the order in which they first did: 1, 2 … */
  device: number
  receivedAt: Temporal.Instant
  /** Whether it is the one that counts; else another replaced it. */
  counts: boolean
}

/** So many saves of one question are shown, the latest: typed words are saved every second. */
const SHOWN = 20

/**
 * Every save of an attempt by question, the latest first: the answer that counts, and those that were overwritten. The
 * rule is that of `itemsOf`: of one device the highest counter, between devices the one that arrived last.
 */
export function savesOf(attemptId: string): Promise<Save[]> {
  return sql<Save>(
    'save.list',
    `with saved as (
       select ai.position, n.id, n.value, n.device, n.counter, n.received_at,
         row_number() over (partition by ai.position, n.device order by n.counter desc) as newer,
         min(n.id) over (partition by n.device) as first
       from attempt_items ai join answers n on n.attempt_id = ai.attempt_id and n.item_version_id = ai.item_version_id
       where ai.attempt_id = $1),
     ranked as (
       select *, dense_rank() over (order by first)::int as seat,
         max(id) filter (where newer = 1) over (partition by position) = id as counts,
         row_number() over (partition by position order by id desc) as back
       from saved)
     select position, value, seat as device, received_at as "receivedAt", counts from ranked
     where back <= ${SHOWN} or counts order by position, id desc`,
    [attemptId],
  )
}

/** When the last answer of an attempt arrived; null before the first. */
export async function lastSavedAt(attemptId: string): Promise<Temporal.Instant | null> {
  const [row] = await sql<{ at: Temporal.Instant | null }>(
    'save.last',
    'select max(received_at) as at from answers where attempt_id = $1',
    [attemptId],
  )
  return row!.at
}
