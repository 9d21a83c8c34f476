import type { Persona, World } from '../world.ts'

/**
 * Who gets what at every address: one row per route, tried by every persona. Words:
 *
 * yes      the page, or the act (a form that is not filled in comes back; that counts too)
 * away     a redirect to another page of the platform
 * sign-in  sent to the sign-in page (401 where a script asks)
 * none     404: not there, or not yours to see; the same bytes for both
 * no       403: seen, but not allowed
 *
 * `at` is the record of the owner: own for them, foreign for all others. `missing` is a record that does not exist:
 * 404 for everyone who is not sent to sign in.
 */
export type Answer = 'yes' | 'away' | 'sign-in' | 'none' | 'no'
export type Who = Record<Persona, Answer>
export type Row = {
  route: string
  at: (world: World) => string
  missing: string | null
  who: Who
}

export const all = (answer: Answer): Who => ({
  guest: answer,
  owner: answer,
  other: answer,
  trainer: answer,
  coordinator: answer,
  administrator: answer,
  focalPoint: answer,
  stranger: answer,
  inCharge: answer,
})

export const EVERYONE = all('yes')
export const NOBODY = all('none')
export const PEOPLE: Who = { ...all('yes'), guest: 'sign-in' }
export const OWNER: Who = { ...all('none'), guest: 'sign-in', owner: 'yes' }
export const STAFF: Who = { ...all('none'), guest: 'sign-in', coordinator: 'yes', administrator: 'yes' }
export const OWNER_AND_STAFF: Who = { ...STAFF, owner: 'yes' }
/** The administrator runs the platform and sees certificates; coordinators answer for them. */
export const COORDINATOR: Who = { ...STAFF, administrator: 'no' }
/** Pages of the open training: the staff, and who is in charge of it; the administrator only sees. */
export const RUNNERS: Who = { ...STAFF, inCharge: 'yes' }
export const RUN: Who = { ...COORDINATOR, inCharge: 'yes' }
/** What those in charge see but only the Center's coordinators do. */
export const GIVEN: Who = { ...COORDINATOR, inCharge: 'no' }
/** For those who have no account yet. */
export const LED_OUT: Who = { ...all('away'), guest: 'yes' }
/** A redirect that is the same for every code, known or not. */
export const LED_ON: Who = { ...all('away'), guest: 'sign-in' }
/** All staff see it, the administrator alone may. */
export const ADMINISTRATOR: Who = { ...STAFF, coordinator: 'no' }
/** Lessons: participants, the Center's staff and trainers; others see the training and why the lessons are closed. */
export const READERS: Who = { ...PEOPLE, other: 'no', focalPoint: 'no', stranger: 'no' }
/** A file that no lesson leads to: those who read lessons by their work. */
export const LESSON_FILE: Who = { ...STAFF, trainer: 'yes' }
/** Who marks in the training of the marked work. */
export const MARKER: Who = { ...all('none'), guest: 'sign-in', trainer: 'yes' }
/** Who stands for the State; to all others its place does not exist. */
export const FOCAL_POINT: Who = { ...all('none'), guest: 'sign-in', focalPoint: 'yes' }
/** Whoever plans sessions: staff, and trainers. */
export const PLANNERS: Who = { ...STAFF, trainer: 'yes', inCharge: 'yes' }
/** Who teaches in that one training, and the Center's staff. */
export const TEACHERS: Who = { ...STAFF, trainer: 'yes' }
/** A meeting's list is its bringer's until it is used. */
export const BROUGHT: Who = { ...STAFF, administrator: 'none' }
/** Materials: those with a place and those who run the training. */
export const PARTICIPANTS: Who = { ...RUNNERS, owner: 'yes' }
export const SHELF =
  (path = '') =>
  (w: World) =>
    `/en/manage/trainings/${w.open.code}/materials${path.replace(':id', w.shelved.materialId)}`
export const PLAN = (path: string) => (w: World) =>
  `/en/manage/trainings/${w.planned.training.code}${path.replace(':id', w.planned.sessionId)}`

export const COMPOSED =
  (path = '') =>
  (w: World) =>
    `/en/manage/courses/${w.composed}${path}`
export const DRAFT =
  (path = '') =>
  (w: World) =>
    `/en/manage/curriculum/${w.piece}${path}`
export const TRANSLATION =
  (path = '') =>
  (w: World) =>
    `/en/manage/translations/${w.piece}${path}`
/** A lesson in Persian, agreed for the open training. */
export const RENDITION =
  (path = '') =>
  (w: World) =>
    `/en/manage/translations/${w.persian}/fa${path}`
export const WORK =
  (path = '') =>
  (w: World) =>
    `/en/trainings/${w.marked.training.code}/assignment${path}`
export const MARK =
  (path = '') =>
  (w: World) =>
    `/en/marking/${w.marked.workId}${path}`
export const ESSAY =
  (path = '') =>
  (w: World) =>
    `/en/marking/essays/${w.essays.waitingId}${path}`
export const ESSAY_MARK = (w: World) =>
  `/en/manage/trainings/${w.essays.training.code}/test/${w.essays.markedEnrollmentId}/essays/${w.essays.markedId}`
export const WORKS =
  (path = '') =>
  (w: World) =>
    `/en/manage/trainings/${w.marked.training.code}/assignment${path.replace(':id', w.marked.enrollmentId)}`

export function row(
  route: string,
  at: string | ((world: World) => string),
  who: Who,
  missing: string | null = null,
): Row {
  return { route, at: typeof at === 'string' ? () => at : at, who, missing }
}
