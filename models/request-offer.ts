import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Words } from './course.ts'

/** The Center's concept for a request: a draft course with agenda, trainers and what each side brings. */

/** A line of the agenda outline: which day of the training (1 is the first), from when to when at the host. */
export type OutlineLine = { day: number; from: string; to: string; title: Words }

/** A lesson as it was picked; `written`: it can be read on the platform already. */
export type PickedLesson = { code: string; title: Words; hours: number; written: boolean }

export type OfferFormat = 'live_online' | 'on_site' | 'blended'

/** What the Center settles in an offer. Dates are calendar dates in `zone`. */
export type OfferTerms = {
  title: Words
  aim: Words
  audience: Words
  hours: number
  format: OfferFormat
  zone: string
  startsOn: string
  endsOn: string
  hostState: string | null
  place: Words | null
  languages: string[]
  agreedCondition: string | null
  seats: number | null
  outline: OutlineLine[]
  trainerIds: string[]
  centerInputs: Words
  stateInputs: Words
  answerBy: string | null
}

export type Agreement = { at: Temporal.Instant; name: string }

export type OfferRow = OfferTerms & {
  id: string
  number: number
  courseId: string
  courseCode: string
  courseVersionId: string
  lessons: PickedLesson[]
  trainers: string[]
  createdAt: Temporal.Instant
  sentAt: Temporal.Instant | null
  stateAgreedAt: Temporal.Instant | null
  stateAgreedName: string | null
  centerAgreedAt: Temporal.Instant | null
  centerAgreedName: string | null
}

/** Offers of a request, the latest first. `drafts`: with the one the Center is still writing. */
export const offersOf = (requestId: string, drafts: boolean): Promise<OfferRow[]> =>
  sql<OfferRow>(
    'offer.list',
    `select o.id, o.number, v.course_id as "courseId", c.code as "courseCode", o.course_version_id as "courseVersionId",
       v.title, v.aim, v.audience, v.hours, o.format, o.zone, o.starts_on as "startsOn", o.ends_on as "endsOn",
       o.host_state as "hostState", o.place, o.languages, o.agreed_condition as "agreedCondition", o.seats, o.lessons,
       o.outline, array(select unnest(o.trainer_ids)::text) as "trainerIds", o.center_inputs as "centerInputs",
       o.state_inputs as "stateInputs", o.answer_by as "answerBy", o.created_at as "createdAt", o.sent_at as "sentAt",
       o.state_agreed_at as "stateAgreedAt", o.state_agreed_name as "stateAgreedName",
       o.center_agreed_at as "centerAgreedAt", o.center_agreed_name as "centerAgreedName",
       array(select p.name_latin from unnest(o.trainer_ids) with ordinality as x (id, place) join people p on p.id = x.id
         where p.erased_at is null order by x.place) as trainers
     from offers o join course_versions v on v.id = o.course_version_id join courses c on c.id = v.course_id
     where o.request_id = $1 and ($2 or o.sent_at is not null) order by o.number desc`,
    [requestId, drafts],
  )

/** A lesson that an offer may take in, from the latest published version of its module. */
export type LessonChoice = PickedLesson & {
  versionId: string
  module: string
  moduleTitle: Words
  theme: string
  level: 'foundation' | 'intermediate' | 'advanced'
}

/** The lessons of the Curriculum in its order. */
export const lessonChoices = (): Promise<LessonChoice[]> =>
  sql<LessonChoice>(
    'offer.lessons',
    `select l.code, lv.title, lv.hours, lv.written, lv.id as "versionId", m.code as module, v.title as "moduleTitle",
       v.theme, v.level
     from modules m
     join lateral (select * from module_versions where module_id = m.id and published_at is not null
       order by major desc, minor desc limit 1) v on true
     join lesson_versions lv on lv.module_version_id = v.id join lessons l on l.id = lv.lesson_id
     where m.code <> 'RMC-TOT' order by m.position, lv.position`,
  )

/** Trainers of the Center, by name. */
export const centerTrainers = (): Promise<{ id: string; name: string }[]> =>
  sql(
    'offer.trainers',
    `select distinct p.id, p.name_latin as name from role_grants g join people p on p.id = g.person_id
     where g.role = 'trainer' and g.scope_kind = 'center' and g.valid_from <= $1 and (g.valid_to is null or g.valid_to > $1)
       and p.erased_at is null order by p.name_latin, p.id`,
    [now()],
  )
