import { inTransaction, one, sql } from '../lib/db.ts'
import { CENTER_ZONE, now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { notify, recipient } from './notifying.ts'
import { publishes } from './policies/draft.ts'
import { insist, Refused } from './refused.ts'
import { type Translation, translatorOf, type Work } from './translation.ts'

/** Who is asked, and by which day. */
export type Asked = { personId: string; dueOn: string }

/** A piece, or the glossary, and the language it is brought into. */
export type Place = Pick<Translation, 'kind' | 'code' | 'module' | 'language'>
type Live = { id: string; personId: string; dueOn: string }

/**
 * Asks a translator to do what a language of a piece needs now, by a day; they are mailed once. Asked again, only the
 * day moves; another person takes the place of who was asked before.
 * @throws Refused 'drafts.notYours', 'translations.nobody' for who does not translate, 'translations.past'
 */
export const giveTranslation = (actor: Actor, place: Place, { personId, dueOn }: Asked): Promise<void> =>
  inTransaction(async () => {
    insist(publishes(actor))
    const { work, live } = await lockTask(place)
    if (!(await translatorOf(personId))) throw new Refused('translations.nobody', { field: 'person' })
    if (dueOn < now().toZonedDateTimeISO(CENTER_ZONE).toPlainDate().toString())
      throw new Refused('translations.past', { field: 'dueOn' })
    if (live?.personId === personId) return live.dueOn === dueOn ? undefined : moveDay(actor, live, dueOn)
    if (live) await end(actor, live)
    const { kind, code, language } = place
    const task = await one<{ id: string }>(
      'translating.give',
      `insert into translation_tasks (kind, code, language, work, person_id, due_on, given_by, given_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
      [kind, code, language, work, personId, dueOn, actor.id, now()],
    )
    const details = { kind, code, language, work, person: personId, dueOn }
    await record(actor, 'translation.given', 'translation', task!.id, details)
    const to = await recipient(personId)
    if (to) await notify(to, 'translation-given', `translation:${task!.id}:given`, { taskId: task!.id })
  })

/** Takes back what somebody was asked to do for a language of a piece; twice is once. @throws Refused 'drafts.notYours' */
export const takeBackTranslation = (actor: Actor, place: Place): Promise<void> =>
  inTransaction(async () => {
    insist(publishes(actor))
    const { live } = await lockTask(place)
    if (live) await end(actor, live)
  })

/** What was asked about a language of a piece is done, or there is nothing to do any more: in the transaction of that event. */
export const endTranslations = ({ kind, code }: Pick<Place, 'kind' | 'code'>, language: string) =>
  sql(
    'translating.done',
    'update translation_tasks set ended_at = $4 where kind = $1 and code = $2 and language = $3 and ended_at is null',
    [kind, code, language, now()],
  )

/** Locks what stands for a piece: the row of its module, or the terms of the glossary. */
export const lockPlace = ({ kind, module }: Pick<Place, 'kind' | 'module'>) =>
  kind === 'glossary'
    ? sql('translating.lock-glossary', 'select id from glossary_terms order by id for update')
    : sql('translating.lock', 'select id from modules where code = $1 for update', [module])

async function lockTask({ kind, code, module, language }: Place): Promise<{ work: Work; live: Live | undefined }> {
  await lockPlace({ kind, module })
  const done = await one(
    'translating.stage',
    `select from drafts where $3 = 'ru' and kind = $1 and code = $2 and ended_at is null and status = 'ru_translated'
     union all select from renditions where kind = $1 and code = $2 and language = $3 and status = 'translated'`,
    [kind, code, language],
  )
  const work: Work = done ? 'review' : 'translation'
  const live = await one<Live>(
    'translating.live',
    `select id, person_id as "personId", due_on::text as "dueOn" from translation_tasks
     where kind = $1 and code = $2 and language = $3 and work = $4 and ended_at is null`,
    [kind, code, language, work],
  )
  return { work, live }
}

async function moveDay(actor: Actor, { id, dueOn: was }: Live, dueOn: string) {
  await sql('translating.move', 'update translation_tasks set due_on = $2 where id = $1', [id, dueOn])
  await record(actor, 'translation.moved', 'translation', id, { from: was, to: dueOn })
}

async function end(actor: Actor, { id, personId }: Live) {
  await sql('translating.end', 'update translation_tasks set ended_at = $2 where id = $1', [id, now()])
  await record(actor, 'translation.taken-back', 'translation', id, { person: personId })
}
