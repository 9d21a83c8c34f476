import { sql } from '../lib/db.ts'
import { receipt } from '../lib/secrets.ts'
import { type AskedItem, COUNTING_ANSWER, FINAL_MARK, itemsOfAll, type TestKind } from './attempt.ts'
import type { Words } from './course.ts'
import { answersOf, type Grade, grade, keyOf, marksIn } from './grading.ts'
import type { ItemVersion } from './item.ts'
import { partsOf, type Typed } from './items/kinds.ts'

/**
 * A regrade says what became of a version of a question after it was asked: its answers count for nothing (drop), by the
 * key of a later version of the same fields (correct), or as it was asked (restore). The last one holds, for closed
 * attempts and for those that close later; what was answered is never touched.
 */
export const REGRADES = ['drop', 'correct', 'restore'] as const
export type Ruling = { act: 'drop' } | { act: 'correct'; key: Pick<ItemVersion, 'id' | 'content'> } | { act: 'restore' }

type Result = Pick<Grade, 'points' | 'maxPoints' | 'percent'>
export type Change = { attemptId: string; number: number; before: Result; after: Result }

/** What a regrade changes for one place in a training. `passed` is null where nothing is passed. */
export type RegradedPlace = {
  enrollmentId: string
  personId: string
  name: string
  training: string
  title: Words
  changes: Change[]
  /** Percent of the attempt that counts. */
  best: { before: number; after: number }
  passed: { before: boolean; after: boolean } | null
  /** Code of the certificate of this place that is in force, if it asked for a pass. */
  certificate: string | null
}

export const losesPass = ({ passed }: RegradedPlace): boolean => passed?.before === true && !passed.after
export const gainsPass = ({ passed }: RegradedPlace): boolean => passed?.before === false && passed.after

/** Whether answers to one version can be graded by the key of another: both have the same fields to fill in. */
export const fitsKey = (asked: Typed, key: Typed): boolean =>
  asked.type === key.type && fieldsOf(asked) === fieldsOf(key)

const fieldsOf = (item: Typed) =>
  JSON.stringify(
    partsOf(item)
      .map(part => ({ path: part.path, takes: part.takes, ids: 'ids' in part ? part.ids.toSorted() : [] }))
      .toSorted((one, other) => one.path.localeCompare(other.path)),
  )

/** Versions whose key can hold for answers to this one: later ones of the item that somebody reviewed. */
export const keysFor = (asked: ItemVersion, versions: ItemVersion[]): ItemVersion[] =>
  versions.filter(
    key => key.number > asked.number && ['reviewed', 'in_use'].includes(key.status) && fitsKey(asked, key),
  )

type Row = Omit<RegradedPlace, 'changes' | 'best' | 'passed'> & {
  attemptId: string
  assessmentId: string
  number: number
  kind: TestKind
  passPercent: number | null
  points: string
  maxPoints: string
  percent: string
  asked: boolean
}

/**
 * What a ruling on a version would change, place by place, those whose pass changes first. Reads only.
 * @param versionId of the version that was asked
 */
export async function changesBy(versionId: string, ruling: Ruling): Promise<RegradedPlace[]> {
  const rows = await attemptsAround(versionId)
  const asked = rows.filter(row => row.asked).map(({ attemptId }) => attemptId)
  const after = new Map<string, Result>()
  for (let from = 0; from < asked.length; from += AT_ONCE)
    for (const [id, items] of await itemsOfAll(asked.slice(from, from + AT_ONCE)))
      after.set(id, gradedBy(versionId, ruling, items))
  const places = Map.groupBy(rows, ({ enrollmentId, assessmentId }) => `${enrollmentId} ${assessmentId}`)
  return [...places.values()]
    .map(place => placeOf(place, after))
    .filter(({ changes }) => changes.length)
    .toSorted((one, other) => weight(other) - weight(one))
}

const AT_ONCE = 500
const weight = (place: RegradedPlace) => (losesPass(place) ? 2 : gainsPass(place) ? 1 : 0)

function gradedBy(versionId: string, ruling: Ruling, items: AskedItem[]): Result {
  const { points, maxPoints, percent } = grade(
    items.map(item => keyOf(item.id === versionId ? ruledBy(ruling, item) : item)),
    answersOf(items),
    marksIn(items),
  )
  return { points, maxPoints, percent }
}

const ruledBy = (ruling: Ruling, item: AskedItem): AskedItem => ({
  ...item,
  dropped: ruling.act === 'drop',
  key: ruling.act === 'correct' ? ruling.key.content : item.content,
})

function placeOf(rows: Row[], results: Map<string, Result>): RegradedPlace {
  const { enrollmentId, personId, name, training, title, certificate, kind, passPercent } = rows[0]!
  const all = rows.map(({ attemptId, number, points, maxPoints, percent }): Change => {
    const before = { points: Number(points), maxPoints: Number(maxPoints), percent: Number(percent) }
    return { attemptId, number, before, after: results.get(attemptId) ?? before }
  })
  const best = {
    before: Math.max(...all.map(({ before }) => before.percent)),
    after: Math.max(...all.map(({ after }) => after.percent)),
  }
  const need = kind === 'test' ? passPercent : null
  return {
    ...{ enrollmentId, personId, name, training, title, certificate, best },
    changes: all.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after)),
    passed: need === null ? null : { before: best.before >= need, after: best.after >= need },
  }
}

/** A sign of what somebody was shown: the same changes of the same results give the same sign. */
export const signOf = (places: RegradedPlace[]): string =>
  receipt(
    JSON.stringify(
      places
        .flatMap(({ changes }) => changes)
        .toSorted((one, other) => Number(one.attemptId) - Number(other.attemptId)),
    ),
  )

/** Attempts that asked a version and wait for marks: they have no result yet, and get one by what holds then. */
export const waitingWith = (versionId: string): Promise<{ id: string; enrollmentId: string }[]> =>
  sql(
    'regrade.waiting',
    `select a.id, a.enrollment_id as "enrollmentId" from attempts a join attempt_items ai on ai.attempt_id = a.id
     where a.handed_in_at is not null and a.percent is null and ai.item_version_id = $1 order by a.id`,
    [versionId],
  )

/** How many results were given without a mark for an answer to a version, since it did not count then. */
export async function unmarkedWith(versionId: string): Promise<number> {
  const [row] = await sql<{ n: number }>(
    'regrade.unmarked',
    `select count(*)::int as n from attempt_items ai join attempts a on a.id = ai.attempt_id and a.percent is not null
     join item_versions v on v.id = ai.item_version_id and v.type = 'essay' ${COUNTING_ANSWER} ${FINAL_MARK}
     where ai.item_version_id = $1 and jsonb_array_length(l.value) > 0 and m.id is null`,
    [versionId],
  )
  return row!.n
}

/** Results of everybody who was asked a version, at the same test: also those in which it was not drawn. */
const attemptsAround = (versionId: string): Promise<Row[]> =>
  sql<Row>(
    'regrade.attempts',
    `with asked as (select a.id, a.enrollment_id, a.assessment_id from attempts a
       join attempt_items ai on ai.attempt_id = a.id where ai.item_version_id = $1 and a.percent is not null)
     select a.id as "attemptId", a.enrollment_id as "enrollmentId", a.assessment_id as "assessmentId", a.number, s.kind,
       s.pass_percent as "passPercent", a.points, a.max_points as "maxPoints", a.percent, e.person_id as "personId",
       coalesce(p.name_latin, '') as name, t.code as training, coalesce(t.title, v.title) as title,
       a.id in (select id from asked) as asked,
       (select k.code from certificates k where k.enrollment_id = e.id and k.kind = 'achievement'
         and k.revoked_at is null and k.replaced_at is null limit 1) as certificate
     from (select distinct enrollment_id, assessment_id from asked) w
     join attempts a on a.enrollment_id = w.enrollment_id and a.assessment_id = w.assessment_id
       and a.percent is not null
     join assessments s on s.id = a.assessment_id join enrollments e on e.id = a.enrollment_id
     join people p on p.id = e.person_id join trainings t on t.id = e.training_id
     join course_versions v on v.id = e.course_version_id
     order by p.name_latin, e.id, a.number`,
    [versionId],
  )

/** One regrade that was done, with how many results it changed. */
export type PastRegrade = {
  id: string
  number: number
  act: (typeof REGRADES)[number]
  keyNumber: number | null
  reason: string
  by: string | null
  at: Temporal.Instant
  changed: number
}

/** What was done so far about the versions of an item, the newest first. */
export const regradesOf = (itemId: string): Promise<PastRegrade[]> =>
  sql<PastRegrade>(
    'regrade.past',
    `select g.id, v.number, g.act, k.number as "keyNumber", g.reason, p.name_latin as by, g.at,
       (select count(*)::int from regraded_attempts where regrade_id = g.id) as changed
     from item_versions v join regrades g on g.item_version_id = v.id
     left join item_versions k on k.id = g.key_version_id left join people p on p.id = g.by_id
     where v.item_id = $1 order by g.id desc limit 100`,
    [itemId],
  )

/** One change of a result after it was given, in percent. */
export type Correction = { at: Temporal.Instant; before: string; after: string; reason: string }

/** How the result of an attempt was changed, by a question or by a mark, the last change first. Words for its learner. */
export const correctionsOf = (attemptId: string): Promise<Correction[]> =>
  sql<Correction>(
    'regrade.of-attempt',
    `select g.at, r.percent_before as before, r.percent_after as after, g.reason from regraded_attempts r
     join regrades g on g.id = r.regrade_id where r.attempt_id = $1
     union all select at, percent_before, percent_after, reason from mark_changes where attempt_id = $1 order by 1 desc`,
    [attemptId],
  )
