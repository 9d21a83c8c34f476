import { inTransaction, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { ASSIGNED } from './assignment.ts'
import { record } from './audit.ts'
import { Refused } from './refused.ts'

/** Who marks in a training, with the language they read most easily and the works they were given. */
export type Marker = { id: string; name: string; language: string; given: number }

/** Markers of a training, in the order of their names. */
export const markersOf = (trainingId: string): Promise<Marker[]> =>
  sql<Marker>(
    'allocating.markers',
    `select p.id, coalesce(p.name_latin, '') as name, p.locale as language,
       (select count(*)::int from allocations a join enrollments e on e.id = a.enrollment_id
         where a.marker_id = p.id and e.training_id = $1) as given
     from people p where p.erased_at is null and (
       exists (select 1 from role_grants g where g.person_id = p.id and g.role in ('trainer', 'assessor')
         and g.scope_kind = 'training' and g.scope_id = $1::bigint::text and g.valid_from <= $2
         and (g.valid_to is null or g.valid_to > $2))
       or exists (select 1 from bookings b join sessions ss on ss.id = b.session_id
         where b.person_id = p.id and b.role = 'trainer' and ss.training_id = $1 and ss.canceled_at is null))
     order by p.name_latin, p.id`,
    [trainingId, now()],
  )

export type Slot = { enrollmentId: string; assessmentId: string; part: 'first' | 'second' }
export type Open = Slot & { language: string; personId: string; others: string[] }

/**
 * Gives open parts to markers: each to the one with the fewest among those who read its language most easily, else among
 * all; never the own work, never both parts to one. A part for which nobody is left stays open.
 */
export function evenly(open: Open[], markers: Marker[]): (Slot & { markerId: string })[] {
  const load = new Map(markers.map(({ id, given }) => [id, given]))
  const chosen: (Slot & { markerId: string })[] = []
  for (const { enrollmentId, assessmentId, part, language, personId, others } of open) {
    const taken = chosen.filter(each => each.enrollmentId === enrollmentId).map(each => each.markerId)
    const free = markers.filter(({ id }) => id !== personId && !others.includes(id) && !taken.includes(id))
    const reading = free.filter(marker => marker.language === language)
    const least = (reading.length ? reading : free).toSorted((a, b) => load.get(a.id)! - load.get(b.id)!)[0]
    if (!least) continue
    load.set(least.id, load.get(least.id)! + 1)
    chosen.push({ enrollmentId, assessmentId, part, markerId: least.id })
  }
  return chosen
}

/** Gives all works that wait and are nobody's yet to the markers, evenly and by language; returns how many. */
export async function allocateEvenly(actor: Actor, trainingId: string): Promise<number> {
  return inTransaction(async () => {
    await lock(trainingId)
    const given = evenly(await openParts(trainingId), await markersOf(trainingId))
    for (const slot of given) await give(actor, slot, slot.markerId)
    await record(actor, 'works.allocated', 'training', trainingId, { count: given.length })
    return given.length
  })
}

/**
 * Gives a part of one learner's work to a marker, or to nobody (then any marker may take it).
 * @throws Refused allocating.marker when that person does not mark here, is the learner, or has the other part
 */
export async function allocate(actor: Actor, trainingId: string, slot: Slot, markerId: string | null) {
  await inTransaction(async () => {
    await lock(trainingId)
    const there = await sql<{ part: string; markerId: string; personId: string }>(
      'allocating.there',
      `select a.part, a.marker_id as "markerId", e.person_id as "personId" from enrollments e
       left join allocations a on a.enrollment_id = e.id and a.assessment_id = $2 where e.id = $1`,
      [slot.enrollmentId, slot.assessmentId],
    )
    const now = there.find(each => each.part === slot.part)?.markerId ?? null
    if (now === markerId) return
    if (markerId) {
      const other = there.some(each => each.part !== slot.part && each.markerId === markerId)
      const marks = (await markersOf(trainingId)).some(({ id }) => id === markerId)
      if (!marks || other || there[0]?.personId === markerId) throw new Refused('allocating.marker')
      await give(actor, slot, markerId)
    } else
      await sql(
        'allocating.free',
        'delete from allocations where enrollment_id = $1 and assessment_id = $2 and part = $3',
        [slot.enrollmentId, slot.assessmentId, slot.part],
      )
    await record(actor, 'work.allocated', 'enrollment', slot.enrollmentId, { part: slot.part, from: now, to: markerId })
  })
}

const lock = (trainingId: string) =>
  sql('allocating.lock', 'select id from trainings where id = $1 for update', [trainingId])

const give = (actor: Actor, { enrollmentId, assessmentId, part }: Slot, markerId: string) =>
  sql(
    'allocating.give',
    `insert into allocations (enrollment_id, assessment_id, part, marker_id, by_id, at) values ($1, $2, $3, $4, $5, $6)
     on conflict (enrollment_id, assessment_id, part) do update set marker_id = excluded.marker_id, by_id = excluded.by_id,
       at = excluded.at`,
    [enrollmentId, assessmentId, part, markerId, actor.id, now()],
  )

const openParts = (trainingId: string): Promise<Open[]> =>
  sql<Open>(
    'allocating.open',
    `select e.id as "enrollmentId", s.id as "assessmentId", n.part, u.language, e.person_id as "personId",
       array(select a.marker_id::text from allocations a where a.enrollment_id = e.id and a.assessment_id = s.id
         union select m.marker_id::text from marks m where m.subject_kind = 'submission' and m.subject_id = u.id) as others
     from trainings t join enrollments e on e.training_id = t.id and e.status = 'enrolled' ${ASSIGNED}
     join submissions u on u.enrollment_id = e.id and u.assessment_id = s.id and u.status = 'handed_in'
     cross join lateral unnest(array['first', 'second']) with ordinality as n (part, place)
     where t.id = $1 and n.place <= s.markers
       and not exists (select 1 from allocations a where a.enrollment_id = e.id and a.assessment_id = s.id and a.part = n.part)
       and not exists (select 1 from marks m where m.subject_kind = 'submission' and m.subject_id = u.id and m.part = n.part)
     order by u.handed_in_at, u.id, n.place`,
    [trainingId],
  )
