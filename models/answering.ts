import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { isOver, itemsOf, type Sitting } from './attempt.ts'
import type { Value } from './items/kind.ts'
import { type Typed, valueFits } from './items/kinds.ts'

/** One answer as a device sends it. `counter` rises with every change on that device. */
export type Sent = { position: number; value: Value; counter: number; givenMs: number | null }

export type Saving =
  /** The attempt takes no more answers: nothing was stored. */
  | { closed: true }
  /** `saved` are in the record (now, or from an earlier sending); `refused` do not fit their question. */
  | { closed: false; saved: Sent[]; refused: Sent[]; at: Temporal.Instant }

/** The device of pages turned without JavaScript: its count is kept here. */
const PAGES = 'page'

/**
 * Stores answers in the order they were given. Sending the same again changes nothing, so a device may repeat whatever
 * was not acknowledged. Every save is kept; which one counts says `itemsOf` in attempt.ts.
 */
export async function saveSent(sitting: Sitting, language: string, device: string, sent: Sent[]): Promise<Saving> {
  return inTransaction(async () => {
    const at = now()
    if (await lockedAndClosed(sitting, at)) return { closed: true }
    const items = new Map((await askedAt(sitting.id, sent)).map(item => [item.position, item]))
    const fits = (each: Sent) => valueFits(items.get(each.position), each.value)
    const saved = sent.filter(fits)
    await insert(
      sitting,
      language,
      device,
      at,
      saved.map(each => ({ ...each, item: items.get(each.position)!.id })),
    )
    return { closed: false, saved, refused: sent.filter(each => !fits(each)), at }
  })
}

/**
 * Stores what a posted page shows, question by question: what differs from the answers that count now.
 * @param page answers by position
 */
export async function savePage(sitting: Sitting, language: string, page: Record<number, Value>): Promise<Saving> {
  return inTransaction(async () => {
    const at = now()
    if (await lockedAndClosed(sitting, at)) return { closed: true }
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
    return { closed: false, saved: changed.map(row => row.sent), refused, at }
  })
}

/** Whether two answers are the same, in whatever order. */
export const sameChoice = (one: Value, other: Value): boolean =>
  one.length === other.length && one.every(entry => other.includes(entry))

// Handing in locks the same row: no answer slips in between grading and closing.
async function lockedAndClosed({ id }: Sitting, at: Temporal.Instant): Promise<boolean> {
  const row = await one<{ handedInAt: Temporal.Instant | null; deadlineAt: Temporal.Instant | null }>(
    'answer.lock',
    `select handed_in_at as "handedInAt", deadline_at as "deadlineAt" from attempts where id = $1 for no key update`,
    [id],
  )
  return !row || row.handedInAt !== null || isOver(row, at)
}

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
