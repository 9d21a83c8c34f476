import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { GRADING, lockEnrollment } from './closing-attempts.ts'
import { recheck } from './completing.ts'
import type { ItemVersion } from './item.ts'
import { later } from './jobs.ts'
import { notify, recipient } from './notifying.ts'
import { Refused } from './refused.ts'
import {
  changesBy,
  fitsKey,
  losesPass,
  type RegradedPlace,
  type Ruling,
  signOf,
  unmarkedWith,
  waitingWith,
} from './regrade.ts'
import { settle } from './settling.ts'

/**
 * Changes all results that follow from a version of a question, or none. Nobody closes an attempt meanwhile: what closes
 * later is graded by what holds then. Those affected are looked at again and told by a job.
 * @param seen sign of the changes that the actor was shown
 * @param losses whether the actor has said that people lose a pass by it
 * @throws Refused 'regrade.none' when nothing would change, 'regrade.changed', 'regrade.losses', 'regrade.nothingLeft',
 *   'regrade.otherFields', 'regrade.unmarked' when answers were never marked that would count
 */
export async function regrade(
  actor: Actor,
  version: ItemVersion,
  ruling: Ruling,
  { reason, seen, losses }: { reason: string; seen: string; losses: boolean },
): Promise<number> {
  if (ruling.act === 'correct' && !fitsKey(version, { type: version.type, content: ruling.key.content }))
    throw new Refused('regrade.otherFields')
  return inTransaction(async () => {
    await sql('regrading.lock', 'select pg_advisory_xact_lock($1)', [GRADING])
    const places = await changesBy(version.id, ruling)
    if (signOf(places) !== seen) throw new Refused('regrade.changed')
    if (!places.length && !(await waitingWith(version.id)).length) throw new Refused('regrade.none')
    const without = ruling.act === 'drop' ? 0 : await unmarkedWith(version.id)
    if (without) throw new Refused('regrade.unmarked', { count: without })
    if (places.some(leavesNothing)) throw new Refused('regrade.nothingLeft')
    const lost = places.filter(losesPass).length
    if (lost && !losses) throw new Refused('regrade.losses', { count: lost, field: 'losses' })
    const id = await keep(actor, version, ruling, reason)
    await change(id, places)
    const { code, number } = version
    await record(actor, 'item.regraded', 'item_version', version.id, {
      ...{ code, number, act: ruling.act, reason, regrade: id, changed: places.length, lost },
    })
    await later('regrades.tell', { regradeId: id })
    return places.length
  })
}

const leavesNothing = ({ changes }: RegradedPlace) => changes.some(({ after }) => after.maxPoints === 0)

async function keep(actor: Actor, version: ItemVersion, ruling: Ruling, reason: string): Promise<string> {
  const row = await one<{ id: string }>(
    'regrading.keep',
    `insert into regrades (item_version_id, act, key_version_id, reason, by_id, at) values ($1, $2, $3, $4, $5, $6)
     returning id`,
    [version.id, ruling.act, ruling.act === 'correct' ? ruling.key.id : null, reason, actor.id, now()],
  )
  return row!.id
}

/** Writes old and new results side by side, then the new ones into attempts, then the best of them into grades. */
async function change(id: string, places: RegradedPlace[]) {
  const rows = places
    .flatMap(({ changes }) => changes)
    .map(({ attemptId, before, after }) => ({
      ...{ attempt_id: attemptId, points_before: before.points, max_before: before.maxPoints },
      ...{ percent_before: before.percent, points_after: after.points, max_after: after.maxPoints },
      percent_after: after.percent,
    }))
  await sql(
    'regrading.trail',
    `insert into regraded_attempts (regrade_id, attempt_id, points_before, max_before, percent_before, points_after,
       max_after, percent_after)
     select $1, x.attempt_id, x.points_before, x.max_before, x.percent_before, x.points_after, x.max_after, x.percent_after
     from jsonb_populate_recordset(null::regraded_attempts, $2::jsonb) x`,
    [id, JSON.stringify(rows)],
  )
  await sql(
    'regrading.attempts',
    `update attempts a set points = r.points_after, max_points = r.max_after, percent = r.percent_after
     from regraded_attempts r where r.regrade_id = $1 and a.id = r.attempt_id`,
    [id],
  )
  await sql(
    'regrading.grades',
    `update grades g set points = b.points, max_points = b.max_points, percent = b.percent, computed_from = b.id
     from (select distinct on (a.enrollment_id, a.assessment_id) a.* from attempts a
       join (select distinct x.enrollment_id, x.assessment_id from regraded_attempts r
         join attempts x on x.id = r.attempt_id where r.regrade_id = $1) w
       on w.enrollment_id = a.enrollment_id and w.assessment_id = a.assessment_id
       where a.percent is not null
       order by a.enrollment_id, a.assessment_id, a.percent desc, a.number) b
     where g.enrollment_id = b.enrollment_id and g.assessment_id = b.assessment_id`,
    [id],
  )
}

/**
 * Looks again at the certificate of everybody a regrade touched, and tells each of them once; attempts that waited for
 * nothing but marks of a question that was dropped have their result now. Certificates that are issued stay: the Center
 * decides on them.
 */
export async function tellRegraded(regradeId: string): Promise<void> {
  const touched = await sql<{ enrollmentId: string; personId: string }>(
    'regrading.touched',
    `select distinct e.id as "enrollmentId", e.person_id as "personId" from regraded_attempts r
     join attempts a on a.id = r.attempt_id join enrollments e on e.id = a.enrollment_id
     where r.regrade_id = $1 order by 1`,
    [regradeId],
  )
  for (const { enrollmentId, personId } of touched)
    await inTransaction(async () => {
      await lockEnrollment(enrollmentId)
      await recheck(enrollmentId)
      const to = await recipient(personId)
      if (to) await notify(to, 'result-corrected', `regrade:${regradeId}:${enrollmentId}`, { regradeId, enrollmentId })
    })
  for (const { id, enrollmentId } of await waitingWith(await versionOf(regradeId)))
    await inTransaction(async () => {
      await lockEnrollment(enrollmentId)
      await settle(id, null)
    })
}

const versionOf = async (regradeId: string): Promise<string> =>
  (await one<{ id: string }>('regrading.version', 'select item_version_id as id from regrades where id = $1', [
    regradeId,
  ]))!.id
