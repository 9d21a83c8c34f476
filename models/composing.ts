import { brokenConstraint, inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { arrange, type Plan, store } from './arranging.ts'
import type { Slot } from './assembling.ts'
import { record, transition } from './audit.ts'
import { itemsInUse } from './bank-in-use.ts'
import { composedCourse, type ComposedCourse, type ComposedVersion, isMajor, seenOf } from './composed-course.ts'
import type { Words } from './course.ts'
import { draw } from './drawing.ts'
import { composes, type Missing, missingToPublish } from './policies/course.ts'
import { insist, Refused } from './refused.ts'

/** Begins a course as a draft that the Center alone sees. @throws Refused 'composing.code', 'offer.noLesson' */
export async function startCourse(actor: Actor, code: string, plan: Plan): Promise<void> {
  insist(composes(actor))
  try {
    await inTransaction(async () => {
      const course = await one<{ id: string }>(
        'composing.start',
        `insert into courses (code, kind, listed) values ($1, 'composed', false) returning id`,
        [code],
      )
      await arrange({ courseId: course!.id, major: 1, minor: 0 }, plan, [])
      await transition('course', course!.id, null, 'draft', actor)
      await record(actor, 'course.begun', 'course', course!.id, { code })
    })
  } catch (error) {
    if (brokenConstraint(error) === 'courses_code_key') throw new Refused('composing.code', { field: 'code' })
    throw error
  }
}

/** Writes the draft anew. @throws Refused 'composing.noDraft', 'composing.changed', 'offer.noLesson' */
export const changeDraft = (actor: Actor, code: string, plan: Plan, seen: string): Promise<void> =>
  inTransaction(async () => {
    const { course, draft } = await lockDraft(actor, code, seen)
    await arrange(slotOf(course, draft), plan, draft.lessons)
    await record(actor, 'course.changed', 'course', course.id, { code })
  })

/**
 * Begins the next version as the published one is; a draft that is there goes on. `newest`: with every lesson as the
 * latest version of its module has it.
 */
export const nextVersion = (actor: Actor, code: string, newest: boolean): Promise<void> =>
  inTransaction(async () => {
    const course = await lockCourse(actor, code)
    const from = course.draft ?? course.published!
    if (course.draft && !newest) return
    const lessons = from.lessons.map(({ versionId, newer, mandatory }) => ({
      versionId: (newest && newer) || versionId,
      mandatory,
    }))
    const slot = course.draft ? slotOf(course, course.draft) : { courseId: course.id, major: from.major + 1, minor: 0 }
    await store(slot, from, lessons, testOf(from))
    await record(actor, 'course.changed', 'course', course.id, { code, newest })
  })

/** What stands between the draft and its publication. */
export async function missingOf(draft: ComposedVersion): Promise<Missing[]> {
  const bank = draft.test ? await bankOf(draft.test) : []
  return missingToPublish(draft, draft.test ? draw('', draft.test.blueprint, bank).short : undefined)
}

/**
 * Ends the draft of the next version; what is in force stays. A course that was never published keeps its only one.
 * @throws Refused 'composing.noDraft', 'composing.changed', 'composing.notPublished'
 */
export const discardNext = (actor: Actor, code: string, seen: string): Promise<void> =>
  inTransaction(async () => {
    const { course, draft } = await lockDraft(actor, code, seen)
    if (!course.published) throw new Refused('composing.notPublished')
    await sql('composing.discard', 'delete from course_versions where id = $1 and published_at is null', [draft.id])
    await record(actor, 'course.discarded', 'course', course.id, { code })
  })

/**
 * Puts the draft in force and in the catalog: major where lessons or rules changed, else a minor with a note to those
 * who learn. They stay on their version, with its lessons and its test.
 * @throws Refused 'composing.noDraft', 'composing.changed', 'composing.notReady', 'composing.noteNeeded'
 */
export const publishCourse = (actor: Actor, code: string, { seen, note }: { seen: string; note: Words | null }) =>
  inTransaction(async () => {
    const { course, draft } = await lockDraft(actor, code, seen)
    const { published, state } = course
    if ((await missingOf(draft)).length) throw new Refused('composing.notReady')
    const major = isMajor(published, draft)
    if (!major && !note) throw new Refused('composing.noteNeeded', { field: 'noteEn' })
    const [first, second] = major ? [draft.major, 0] : [published!.major, published!.minor + 1]
    const items = draft.test ? (await bankOf(draft.test)).map(({ code }) => code).toSorted() : []
    await sql(
      'composing.publish',
      `update course_versions set major = $2, minor = $3, rules = rules || jsonb_build_object('items', $4::jsonb),
         note = $5, published_at = $6 where id = $1`,
      [draft.id, first, second, JSON.stringify(items), note && JSON.stringify(note), now()],
    )
    if (state === 'draft') await sql('composing.list', 'update courses set listed = true where id = $1', [course.id])
    const version = `${first}.${second}`
    await transition('course', course.id, state, state === 'draft' ? 'published' : state, actor, version)
    await record(actor, 'course.published', 'course', course.id, { code, version })
    return version
  })

/** Takes a published course out of the catalog, or puts it back. Trainings that are open go on. Twice is once. */
export const retireCourse = (actor: Actor, code: string, retired: boolean): Promise<void> =>
  inTransaction(async () => {
    const { id, state } = await lockCourse(actor, code)
    const to = retired ? 'retired' : 'published'
    if (state === to) return
    if (state === 'draft') throw new Refused('composing.notPublished')
    await sql('composing.retire', 'update courses set listed = $2, retired_at = $3 where id = $1', [
      ...[id, !retired, retired ? now() : null],
    ])
    await transition('course', id, state, to, actor)
    await record(actor, retired ? 'course.retired' : 'course.returned', 'course', id, { code })
  })

async function lockCourse(actor: Actor, code: string): Promise<ComposedCourse> {
  insist(composes(actor))
  await sql('composing.lock', 'select id from courses where code = $1 for update', [code])
  const course = await composedCourse(code)
  if (!course) throw new Refused('composing.noDraft')
  return course
}

async function lockDraft(actor: Actor, code: string, seen: string) {
  const course = await lockCourse(actor, code)
  const { draft } = course
  if (!draft) throw new Refused('composing.noDraft')
  if (seenOf(draft) !== seen) throw new Refused('composing.changed')
  return { course, draft }
}

const slotOf = (course: ComposedCourse, { major, minor, id }: ComposedVersion): Slot => ({
  ...{ courseId: course.id, major, minor, versionId: id },
})

/** How the test of a version was asked for. */
const testOf = ({ test }: ComposedVersion): Plan['test'] =>
  test && { perOutcome: Number(Object.values(test.blueprint)[0]), passPercent: test.passPercent }

const bankOf = ({ id, blueprint }: NonNullable<ComposedVersion['test']>) => itemsInUse({ blueprint, assessmentId: id })
