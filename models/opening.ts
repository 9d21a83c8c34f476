import { brokenConstraint, inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record, transition } from './audit.ts'
import type { Words } from './course.ts'
import { lockTraining } from './enrolling.ts'
import { agreedAmong, type WorkingLanguage } from './official-languages.ts'
import { offerFreePlaces } from './placing.ts'
import { Refused } from './refused.ts'
import { Training, type Format } from './training.ts'

/** What a coordinator settles about a training. Dates are calendar dates of the host zone. */
export type Settled = {
  title: Words | null
  format: Format
  zone: string
  hostState: string | null
  place: Words | null
  languages: string[]
  agreedCondition: string | null
  /** What learners read where a text is not in an agreed language yet; unsaid: English, or as it was. */
  fallbackLanguage?: WorkingLanguage
  seats: number | null
  enrollmentMode: 'open' | 'approval'
  visibility: 'public' | 'unlisted'
  hours: number
  startsOn: string | null
  endsOn: string | null
  enrollUntil: Temporal.Instant | null
  issueWithinDays: number
  costBearer: string | null
  /** Whether participants are asked for two minutes at the end of each day with sessions; unsaid: yes, or as it was. */
  asksDaily?: boolean
  projectId?: string | null
}

/**
 * Opens a training of a course, as a draft nobody sees yet, on the latest published version of the course.
 * @throws Refused when the course has no published version or is retired, the code is taken, or another language lacks its condition
 */
export async function openTraining(actor: Actor, courseCode: string, code: string, settled: Settled): Promise<string> {
  agreed(settled)
  return onceNamed(async () => {
    const course = await one<{ id: string; versionId: string | null }>(
      'opening.course',
      `select c.id, (select v.id from course_versions v where v.course_id = c.id and v.published_at is not null
         order by v.major desc, v.minor desc limit 1) as "versionId" from courses c where c.code = $1 and c.retired_at is null`,
      [courseCode],
    )
    if (!course?.versionId) throw new Refused('training.noCourse', { field: 'course' })
    const training = await Training.create({
      ...settled,
      code,
      courseId: course.id,
      courseVersionId: course.versionId,
      status: 'draft',
      createdAt: now(),
    })
    await transition('training', training.id, null, 'draft', actor)
    await record(actor, 'training.opened', 'training', training.id, { code })
    return training.code
  })
}

/** Changes what is settled. Seats may not fall below the people enrolled; dates of a published training are postponed, not changed. */
export async function changeTraining(actor: Actor, training: Training, settled: Settled) {
  agreed(settled)
  await onceNamed(async () => {
    // Lock, then count, in two statements: people enroll at this very moment.
    await sql('opening.lock', 'select id from trainings where id = $1 for update', [training.id])
    const taken = await one<{ n: number }>(
      'opening.taken',
      `select count(*)::int as n from enrollments where training_id = $1
         and (status = 'enrolled' or (status = 'waiting' and offered_until > $2))`,
      [training.id, now()],
    )
    if (settled.seats !== null && settled.seats < taken!.n)
      throw new Refused('training.seats', { count: taken!.n, field: 'seats' })
    const was = Object.fromEntries(
      Object.entries(settled).flatMap(([key, value]) => {
        const old = training.get(key as keyof Training)
        return JSON.stringify(old) === JSON.stringify(value) ? [] : [[key, old]]
      }),
    )
    await training.update(settled)
    await record(actor, 'training.changed', 'training', training.id, { was })
    // More places: the first in line are asked.
    await offerFreePlaces(await lockTraining(training.id))
  })
}

/** A code nobody has yet: the course, the year, a running number, e.g. RMC-01-2027-02. */
export async function nextCode(courseCode: string, year: number): Promise<string> {
  const row = await one<{ n: number }>('opening.codes', `select count(*)::int as n from trainings where code like $1`, [
    `${courseCode}-${year}-%`,
  ])
  return `${courseCode}-${year}-${String(row!.n + 1).padStart(2, '0')}`
}

function agreed({ languages, agreedCondition }: Settled) {
  if (agreedAmong(languages).length && !agreedCondition)
    throw new Refused('training.agreedCondition', { field: 'agreedCondition' })
}

async function onceNamed<T>(fn: () => Promise<T>): Promise<T> {
  try {
    return await inTransaction(fn)
  } catch (error) {
    if (brokenConstraint(error) === 'trainings_code_key') throw new Refused('training.code', { field: 'code' })
    if (brokenConstraint(error) === 'trainings_project_id_fkey')
      throw new Refused('training.project', { field: 'project' })
    throw error
  }
}
