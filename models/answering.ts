import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { type Attempt, isDue, isOver, itemsOf, type Sitting, stateOf } from './attempt.ts'
import { beat } from './giving-back.ts'
import type { Value } from './items/kind.ts'
import { type Typed, valueFits } from './items/kinds.ts'

/** One answer as a device sends it. `counter` rises with every change on that device. */
export type Sent = { position: number; value: Value; counter: number; givenMs: number | null }

export type Saving =
  /** The attempt takes no more answers: nothing was stored. */
  | { closed: true }
  /**
   * `saved` are in the record (now, or from an earlier sending); `refused` do not fit their question; `late` were given
   * after the time was over, or nobody knows when. `attempt` is as it was then.
   */
  | { closed: false; saved: Sent[]; refused: Sent[]; late: Sent[]; at: Temporal.Instant; attempt: Door }

/** The device of pages turned without JavaScript: its count is kept here. */
const PAGES = 'page'

/**
 * Stores answers in the order they were given. Sending the same again changes nothing, so a device may repeat whatever
 * was not acknowledged. Every save is kept; which one counts says `itemsOf` in attempt.ts. After the deadline, until
 * `lateUntil`, those still count that were given before it by the page's count since the server's stamp.
 */
export async function saveSent(sitting: Sitting, language: string, device: string, sent: Sent[]): Promise<Saving> {
  if (isOver(sitting)) await beat()
  return inTransaction(async () => {
    const at = now()
    const attempt = await lock(sitting)
    if (!takes(attempt, at)) return { closed: true }
    const late = isOver(attempt, at) ? sent.filter(each => !isInTime(attempt, each)) : []
    const inTime = sent.filter(each => !late.includes(each))
    const items = new Map((await askedAt(sitting.id, inTime)).map(item => [item.position, item]))
    const fits = (each: Sent) => valueFits(items.get(each.position), each.value)
    const saved = inTime.filter(fits)
    await insert(
      sitting,
      language,
      device,
      at,
      saved.map(each => ({ ...each, item: items.get(each.position)!.id })),
    )
    return { closed: false, saved, refused: inTime.filter(each => !fits(each)), late, at, attempt }
  })
}

/**
 * Stores what a posted page shows, question by question: what differs from the answers that count now. A page posted
 * after the deadline is too late: nobody knows when it was filled in.
 * @param page answers by position
 */
export async function savePage(sitting: Sitting, language: string, page: Record<number, Value>): Promise<Saving> {
  if (isOver(sitting)) await beat()
  return inTransaction(async () => {
    const at = now()
    const attempt = await lock(sitting)
    if (!attempt || stateOf(attempt, at) !== 'open') return { closed: true }
    const counter = await nextCounter(sitting.id)
    const items = (await itemsOf(sitting.id)).filter(item => page[item.position] !== undefined)
    const rows = items.map(item => {
      const sent = { position: item.position, value: page[item.position]!, counter, givenMs: null }
      return {
        sent,
        item: item.id,
        fits: valueFits(item, sent.value),
        same: sameChoice(item.value ?? [], sent.value),
      }
    })
    const changed = rows.filter(row => row.fits && !row.same)
    await insert(
      sitting,
      language,
      PAGES,
      at,
      changed.map(({ sent, item }) => ({ ...sent, item })),
    )
    const refused = rows.filter(row => !row.fits).map(row => row.sent)
    return { closed: false, saved: changed.map(row => row.sent), refused, late: [], at, attempt }
  })
}

/** Whether two answers are the same, in whatever order. */
export const sameChoice = (one: Value, other: Value): boolean =>
  one.length === other.length && one.every(entry => other.includes(entry))

/** What decides whether an attempt takes an answer. */
export type Door = Pick<Attempt, 'startedAt' | 'deadlineAt' | 'lateUntil' | 'givenBack' | 'handedInAt'>

// Handing in locks the same row: no answer slips in between grading and closing.
async function lock({ id }: Sitting): Promise<Door | undefined> {
  const attempt = await one<Door>(
    'answer.lock',
    `select started_at as "startedAt", deadline_at as "deadlineAt", late_until as "lateUntil",
       given_back as "givenBack", handed_in_at as "handedInAt" from attempts where id = $1 for no key update`,
    [id],
  )
  return attempt
}

const takes = (attempt: Door | undefined, at: Temporal.Instant): attempt is Door =>
  attempt !== undefined && !attempt.handedInAt && !isDue(attempt, at)

const isInTime = ({ startedAt, deadlineAt }: Door, { givenMs }: Sent) =>
  givenMs !== null && startedAt.epochMilliseconds + givenMs <= deadlineAt!.epochMilliseconds

const askedAt = (attemptId: string, sent: Sent[]) =>
  sql<Typed & { position: number; id: string }>(
    'answer.asked',
    `select ai.position, v.id, v.type, v.content from attempt_items ai join item_versions v on v.id = ai.item_version_id
     where ai.attempt_id = $1 and ai.position = any ($2)`,
    [attemptId, sent.map(each => each.position)],
  )

async function nextCounter(attemptId: string): Promise<number> {
  const row = await one<{ next: string }>(
    'answer.next',
    'select coalesce(max(counter), 0) + 1 as next from answers where attempt_id = $1 and device = $2',
    [attemptId, PAGES],
  )
  return Number(row!.next)
}

async function insert(
  { id }: Sitting,
  language: string,
  device: string,
  at: Temporal.Instant,
  rows: (Sent & { item: string })[],
) {
  if (!rows.length) return
  await sql(
    'answer.add',
    `insert into answers (attempt_id, item_version_id, device, counter, value, language, given_ms, received_at)
     select $1, item, $2, counter, value, $3, given, $4
     from unnest($5::bigint[], $6::bigint[], $7::jsonb[], $8::bigint[]) with ordinality as sent (item, counter, value, given, n)
     order by n on conflict do nothing`,
    [
      ...[id, device, language, at],
      rows.map(row => row.item),
      rows.map(row => row.counter),
      rows.map(row => JSON.stringify(row.value)),
      rows.map(row => row.givenMs),
    ],
  )
}
