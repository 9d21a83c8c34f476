import { inTransaction, one, sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import { record, transition } from './audit.ts'
import { widenCourse } from './curriculum/widening.ts'
import type { ItemState } from './item.ts'
import { itemsInUse, liveTests, newlyShort } from './item-needs.ts'
import { reviewsItem } from './policies/item.ts'
import { insist, Refused } from './refused.ts'

/**
 * The life of a version of a question: draft > reviewed > in use > retired. Every step locks the module's bank, as
 * keeping does: what was judged is what is there.
 */

type Version = { id: string; code: string; number: number; status: ItemState; hash: string; savedBy: string[] }

/**
 * Says that a draft is right, as somebody who has not written in it.
 * @param seen hash of the version that was read
 * @throws Refused 'item.notDraft', 'item.changed', 'item.ownWork'
 */
export const reviewItem = (actor: Actor, module: string, code: string, seen: string) =>
  inBank(module, async () => {
    const version = await waiting(code)
    if (version?.status !== 'draft') throw new Refused('item.notDraft')
    if (version.hash !== seen) throw new Refused('item.changed', { code })
    insist(reviewsItem(actor, version))
    await step(actor, version, 'reviewed', 'item.reviewed')
  })

/** Gives a reviewed version back to its author, with the reason. @throws Refused 'item.notReviewed' */
export const returnItem = (actor: Actor, module: string, code: string, reason: string) =>
  inBank(module, async () => {
    const version = await waiting(code)
    if (version?.status !== 'reviewed') throw new Refused('item.notReviewed', { code })
    await step(actor, version, 'draft', 'item.returned', reason)
  })

/**
 * Puts reviewed versions in use: each takes the place of the one of its question before, and new questions join the
 * course by its next major version.
 * @returns the number of that version ("2.0"), null when the course has these questions already
 * @throws Refused 'item.none'; 'item.notReviewed'; 'item.short' when a test could no longer be drawn; and those of widenCourse
 */
export const useItems = (actor: Actor, module: string, codes: string[], reason: string | null = null) =>
  inBank(module, async moduleId => {
    if (!codes.length) throw new Refused('item.none', { field: 'code' })
    const tests = await liveTests(moduleId)
    const before = await itemsInUse(moduleId)
    for (const code of codes) {
      const version = await waiting(code, moduleId)
      if (version?.status !== 'reviewed') throw new Refused('item.notReviewed', { code })
      const old = await standing(code)
      if (old) await step(actor, old, 'retired', 'item.retired')
      await step(actor, version, 'in_use', 'item.used', reason)
    }
    refuseShort(newlyShort(tests, before, await itemsInUse(moduleId)))
    const course = await widenCourse(moduleId, codes)
    if (!course) return null
    const { id, version } = course
    await record(actor, 'course.widened', 'course_version', id, { code: module, version, items: codes })
    return version
  })

/**
 * Retires the version that is in use, or the one that waits where none is. Attempts that run keep it.
 * @throws Refused 'item.isRetired'; 'item.short' when a test could no longer be drawn without it
 */
export const retireItem = (actor: Actor, module: string, code: string, reason: string) =>
  inBank(module, async moduleId => {
    const tests = await liveTests(moduleId)
    const before = await itemsInUse(moduleId)
    const version = (await standing(code)) ?? (await waiting(code))
    if (!version) throw new Refused('item.isRetired')
    await step(actor, version, 'retired', 'item.retired', reason)
    refuseShort(newlyShort(tests, before, await itemsInUse(moduleId)))
  })

/** Puts those of these questions in use that were reviewed and wait: a new version of their module has them. */
export const useReviewed = (actor: Actor, module: string, codes: string[]) =>
  inBank(module, async moduleId => {
    for (const code of codes) {
      const version = await waiting(code, moduleId)
      if (version?.status === 'reviewed' && !(await standing(code))) await step(actor, version, 'in_use', 'item.used')
    }
  })

async function inBank<T>(module: string, act: (moduleId: string) => Promise<T>): Promise<T> {
  return inTransaction(async () => {
    const row = await one<{ id: string }>(
      'item.lock-bank',
      'select id from modules where code = $1 for no key update',
      [module],
    )
    if (!row) throw new Refused('item.noModule', { code: module })
    return act(row.id)
  })
}

const VERSION = `select v.id, i.code, v.number, v.status, v.content_hash as hash, v.saved_by::text[] as "savedBy"
  from items i join item_versions v on v.item_id = i.id`

const waiting = (code: string, moduleId: string | null = null) =>
  one<Version>(
    'item.waiting',
    `${VERSION} where i.code = $1 and v.status in ('draft', 'reviewed') and ($2::bigint is null or i.module_id = $2)`,
    [code, moduleId],
  )

const standing = (code: string) =>
  one<Version>('item.standing', `${VERSION} where i.code = $1 and v.status = 'in_use'`, [code])

function refuseShort(short: ReturnType<typeof newlyShort>) {
  if (short) throw new Refused('item.short', { outcome: short.outcome, count: short.count, have: short.have })
}

async function step(
  actor: Actor,
  { id, code, number, status }: Version,
  to: ItemState,
  action: string,
  reason: string | null = null,
) {
  await sql('item.step', 'update item_versions set status = $2 where id = $1', [id, to])
  await transition('item_version', id, status, to, actor, reason)
  await record(actor, action, 'item_version', id, { code, number, ...(reason ? { reason } : {}) })
}
