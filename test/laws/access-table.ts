import type { Persona, World } from './world.ts'

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

const all = (answer: Answer): Who => ({
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

const EVERYONE = all('yes')
const NOBODY = all('none')
const PEOPLE: Who = { ...all('yes'), guest: 'sign-in' }
const OWNER: Who = { ...all('none'), guest: 'sign-in', owner: 'yes' }
const STAFF: Who = { ...all('none'), guest: 'sign-in', coordinator: 'yes', administrator: 'yes' }
const OWNER_AND_STAFF: Who = { ...STAFF, owner: 'yes' }
/** The administrator runs the platform and sees certificates; coordinators answer for them. */
const COORDINATOR: Who = { ...STAFF, administrator: 'no' }
/** Pages of the open training: the staff, and who is in charge of it; the administrator only sees. */
const RUNNERS: Who = { ...STAFF, inCharge: 'yes' }
const RUN: Who = { ...COORDINATOR, inCharge: 'yes' }
/** What those in charge see but only the Center's coordinators do. */
const GIVEN: Who = { ...COORDINATOR, inCharge: 'no' }
/** For those who have no account yet. */
const LED_OUT: Who = { ...all('away'), guest: 'yes' }
/** A redirect that is the same for every code, known or not. */
const LED_ON: Who = { ...all('away'), guest: 'sign-in' }
/** All staff see it, the administrator alone may. */
const ADMINISTRATOR: Who = { ...STAFF, coordinator: 'no' }
/** Lessons: participants, the Center's staff and trainers; others see the training and why the lessons are closed. */
const READERS: Who = { ...PEOPLE, other: 'no', focalPoint: 'no', stranger: 'no' }
/** Who marks in the training of the marked work. */
const MARKER: Who = { ...all('none'), guest: 'sign-in', trainer: 'yes' }
/** Who stands for the State; to all others its place does not exist. */
const FOCAL_POINT: Who = { ...all('none'), guest: 'sign-in', focalPoint: 'yes' }
/** Whoever plans sessions: staff, and trainers. */
const PLANNERS: Who = { ...STAFF, trainer: 'yes', inCharge: 'yes' }
/** Who teaches in that one training, and the Center's staff. */
const TEACHERS: Who = { ...STAFF, trainer: 'yes' }
/** A meeting's list is its bringer's until it is used. */
const BROUGHT: Who = { ...STAFF, administrator: 'none' }
/** Materials: those with a place and those who run the training. */
const PARTICIPANTS: Who = { ...RUNNERS, owner: 'yes' }
const SHELF =
  (path = '') =>
  (w: World) =>
    `/en/manage/trainings/${w.open.code}/materials${path.replace(':id', w.shelved.materialId)}`
const PLAN = (path: string) => (w: World) =>
  `/en/manage/trainings/${w.planned.training.code}${path.replace(':id', w.planned.sessionId)}`

const COMPOSED =
  (path = '') =>
  (w: World) =>
    `/en/manage/courses/${w.composed}${path}`
const DRAFT =
  (path = '') =>
  (w: World) =>
    `/en/manage/curriculum/${w.piece}${path}`
const TRANSLATION =
  (path = '') =>
  (w: World) =>
    `/en/manage/translations/${w.piece}${path}`
const WORK =
  (path = '') =>
  (w: World) =>
    `/en/trainings/${w.marked.training.code}/assignment${path}`
const MARK =
  (path = '') =>
  (w: World) =>
    `/en/marking/${w.marked.workId}${path}`
const WORKS =
  (path = '') =>
  (w: World) =>
    `/en/manage/trainings/${w.marked.training.code}/assignment${path.replace(':id', w.marked.enrollmentId)}`

function row(route: string, at: string | ((world: World) => string), who: Who, missing: string | null = null): Row {
  return { route, at: typeof at === 'string' ? () => at : at, who, missing }
}

// biome-ignore format: one line per route
export const table: Row[] = [
  // Without a language
  row('GET /healthz', '/healthz', EVERYONE),
  row('GET /readyz', '/readyz', EVERYONE),
  row('GET /', '/', all('away')),
  row('GET /verify', '/verify', EVERYONE),
  row('GET /verify/:code', w => `/verify/${w.certificate}`, EVERYONE, '/verify/MISSING-CODE'),
  row('POST /verify/:code', w => `/verify/${w.certificate}`, EVERYONE, '/verify/MISSING-CODE'),

  row('GET /calendar.ics', '/calendar.ics', EVERYONE),
  row('GET /trainings/:code.ics', w => `/trainings/${w.open.code}.ics`, EVERYONE, '/trainings/NONE.ics'),
  row('GET /calendar/:token.ics', w => `/calendar/${w.mailing.feedToken}.ics`, EVERYONE, '/calendar/none.ics'),
  row('GET /unsubscribe/:token', w => `/unsubscribe/${w.mailing.stop}`, all('away'), '/unsubscribe/none'),
  row('POST /unsubscribe/:token', w => `/unsubscribe/${w.mailing.stop}`, EVERYONE, '/unsubscribe/none'),

  // Open to all
  row('GET /:lang/', '/en/', EVERYONE),
  row('GET /:lang/teach', '/en/teach', EVERYONE),
  row('GET /:lang/request', '/en/request', EVERYONE),
  row('GET /:lang/glossary', '/en/glossary', EVERYONE),
  row('GET /:lang/privacy', '/en/privacy', EVERYONE),
  row('GET /:lang/courses', '/en/courses', EVERYONE),
  row('GET /:lang/courses/:code', w => `/en/courses/${w.open.course.code}`, EVERYONE, '/en/courses/RMC-99'),
  row('GET /:lang/trainings', '/en/trainings', EVERYONE),
  row('GET /:lang/trainings/:code', w => `/en/trainings/${w.open.code}`, EVERYONE, '/en/trainings/NONE'),
  row('GET /:lang/trainings/:code/agenda', w => `/en/trainings/${w.planned.training.code}/agenda`, EVERYONE, '/en/trainings/NONE/agenda'),

  // Ways in
  row('GET /:lang/sign-in', '/en/sign-in', { ...all('yes') }),
  row('POST /:lang/sign-in', '/en/sign-in', EVERYONE),
  row('POST /:lang/sign-out', '/en/sign-out', all('away')),
  row('GET /:lang/register', '/en/register', LED_OUT),
  row('POST /:lang/register', '/en/register', EVERYONE),
  row('GET /:lang/confirm', '/en/confirm', EVERYONE),
  row('POST /:lang/confirm', '/en/confirm', EVERYONE),
  row('GET /:lang/confirm/again', '/en/confirm/again', EVERYONE),
  row('POST /:lang/confirm/again', '/en/confirm/again', EVERYONE),
  row('GET /:lang/confirm/:token', w => `/en/confirm/${w.confirmToken}`, EVERYONE, '/en/confirm/none'),
  row('POST /:lang/confirm/:token', w => `/en/confirm/${w.confirmToken}`, all('away'), '/en/confirm/none'),
  row('GET /:lang/reset-password', '/en/reset-password', EVERYONE),
  row('POST /:lang/reset-password', '/en/reset-password', EVERYONE),
  row('GET /:lang/reset-password/code', '/en/reset-password/code', EVERYONE),
  row('POST /:lang/reset-password/code', '/en/reset-password/code', EVERYONE),
  row('GET /:lang/reset-password/:token', w => `/en/reset-password/${w.resetToken}`, EVERYONE, '/en/reset-password/none'),
  row('POST /:lang/reset-password/:token', w => `/en/reset-password/${w.resetToken}`, EVERYONE, '/en/reset-password/none'),

  // Only in a demo
  row('GET /:lang/outbox', '/en/outbox', NOBODY),
  row('GET /:lang/outbox/:id', w => `/en/outbox/${w.mailId}`, NOBODY),
  row('GET /:lang/outbox/:id/html', w => `/en/outbox/${w.mailId}/html`, NOBODY),
  row('GET /:lang/outbox/:id/calendar/:number', w => `/en/outbox/${w.mailId}/calendar/1`, NOBODY),

  // A learner's own
  row('GET /:lang/home', '/en/home', PEOPLE),
  row('GET /:lang/waiting/:list', '/en/waiting/requests', RUNNERS, '/en/waiting/nothing'),
  row('GET /:lang/certificates', '/en/certificates', PEOPLE),
  row('GET /:lang/certificates/:code.pdf', w => `/en/certificates/${w.certificate}.pdf`, OWNER_AND_STAFF, '/en/certificates/NONE.pdf'),
  row('GET /:lang/enrollments/:id/names', w => `/en/enrollments/${w.doneEnrollment.id}/names`, OWNER, '/en/enrollments/999999/names'),
  row('POST /:lang/enrollments/:id/names', w => `/en/enrollments/${w.doneEnrollment.id}/names`, OWNER, '/en/enrollments/999999/names'),
  row('GET /:lang/trainings/:code/enrollment', w => `/en/trainings/${w.open.code}/enrollment`, PEOPLE, '/en/trainings/NONE/enrollment'),
  row('POST /:lang/trainings/:code/enrollment', w => `/en/trainings/${w.open.code}/enrollment`, PEOPLE, '/en/trainings/NONE/enrollment'),
  row('GET /:lang/trainings/:code/enrollment/withdrawal', w => `/en/trainings/${w.open.code}/enrollment/withdrawal`, OWNER, '/en/trainings/NONE/enrollment/withdrawal'),
  row('POST /:lang/trainings/:code/enrollment/withdrawal', w => `/en/trainings/${w.open.code}/enrollment/withdrawal`, PEOPLE, '/en/trainings/NONE/enrollment/withdrawal'),
  row('GET /:lang/trainings/:code/reading', w => `/en/trainings/${w.open.code}/reading`, READERS, '/en/trainings/NONE/reading'),
  row('GET /:lang/trainings/:code/lessons/:lesson', w => `/en/trainings/${w.open.code}/lessons/${w.lesson}`, READERS, '/en/trainings/NONE/lessons/L1'),
  row('GET /:lang/trainings/:code/lessons/:lesson/progress', w => `/en/trainings/${w.open.code}/lessons/${w.lesson}/progress`, READERS, '/en/trainings/NONE/lessons/L1/progress'),
  row('POST /:lang/trainings/:code/lessons/:lesson/progress', w => `/en/trainings/${w.open.code}/lessons/${w.lesson}/progress`, READERS, '/en/trainings/NONE/lessons/L1/progress'),
  row('GET /:lang/trainings/:code/test', w => `/en/trainings/${w.open.code}/test`, { ...OWNER, owner: 'yes' }, '/en/trainings/NONE/test'),
  row('GET /:lang/trainings/:code/pre-test', w => `/en/trainings/${w.open.code}/pre-test`, OWNER, '/en/trainings/NONE/pre-test'),
  row('POST /:lang/trainings/:code/pre-test', w => `/en/trainings/${w.open.code}/pre-test`, OWNER, '/en/trainings/NONE/pre-test'),
  row('GET /:lang/trainings/:code/post-test', w => `/en/trainings/${w.open.code}/post-test`, OWNER, '/en/trainings/NONE/post-test'),
  row('POST /:lang/trainings/:code/post-test', w => `/en/trainings/${w.open.code}/post-test`, OWNER, '/en/trainings/NONE/post-test'),
  row('GET /:lang/trainings/:code/attempts', w => `/en/trainings/${w.open.code}/attempts`, LED_ON, '/en/trainings/NONE/attempts'),
  row('POST /:lang/trainings/:code/attempts', w => `/en/trainings/${w.open.code}/attempts`, OWNER, '/en/trainings/NONE/attempts'),
  row('GET /:lang/trainings/:code/attempts/:number', w => `/en/trainings/${w.open.code}/attempts/2`, { ...OWNER, owner: 'away' }, '/en/trainings/RMC-01-OPEN/attempts/99'),
  row('GET /:lang/trainings/:code/attempts/:number/:page', w => `/en/trainings/${w.open.code}/attempts/2/1`, OWNER, '/en/trainings/RMC-01-OPEN/attempts/99/1'),
  row('POST /:lang/trainings/:code/attempts/:number/:page', w => `/en/trainings/${w.open.code}/attempts/2/1`, OWNER, '/en/trainings/RMC-01-OPEN/attempts/99/1'),
  row('POST /:lang/trainings/:code/attempts/:number/answers', w => `/en/trainings/${w.open.code}/attempts/2/answers`, OWNER, '/en/trainings/RMC-01-OPEN/attempts/99/answers'),
  row('GET /:lang/trainings/:code/attempts/:number/check', w => `/en/trainings/${w.open.code}/attempts/2/check`, OWNER, '/en/trainings/RMC-01-OPEN/attempts/99/check'),
  row('GET /:lang/trainings/:code/attempts/:number/handing-in', w => `/en/trainings/${w.open.code}/attempts/2/handing-in`, { ...OWNER, owner: 'away' }, '/en/trainings/RMC-01-OPEN/attempts/99/handing-in'),
  row('POST /:lang/trainings/:code/attempts/:number/handing-in', w => `/en/trainings/${w.open.code}/attempts/2/handing-in`, OWNER, '/en/trainings/RMC-01-OPEN/attempts/99/handing-in'),
  row('GET /:lang/trainings/:code/attempts/:number/result', w => `/en/trainings/${w.open.code}/attempts/1/result`, OWNER, '/en/trainings/RMC-01-OPEN/attempts/99/result'),
  row('GET /:lang/trainings/:code/attempts/:number/saves', w => `/en/trainings/${w.open.code}/attempts/2/saves`, OWNER, '/en/trainings/RMC-01-OPEN/attempts/99/saves'),
  row('GET /:lang/trainings/:code/assignment', WORK(), OWNER, '/en/trainings/NONE/assignment'),
  row('POST /:lang/trainings/:code/assignment', WORK(), OWNER, '/en/trainings/NONE/assignment'),
  row('POST /:lang/trainings/:code/assignment/text', WORK('/text'), OWNER, '/en/trainings/NONE/assignment/text'),
  row('GET /:lang/trainings/:code/assignment/check', WORK('/check'), OWNER, '/en/trainings/NONE/assignment/check'),
  row('GET /:lang/trainings/:code/assignment/handing-in', WORK('/handing-in'), { ...OWNER, owner: 'away' }, '/en/trainings/NONE/assignment/handing-in'),
  row('POST /:lang/trainings/:code/assignment/handing-in', WORK('/handing-in'), OWNER, '/en/trainings/NONE/assignment/handing-in'),
  row('GET /:lang/trainings/:code/assignment/rounds/:round', WORK('/rounds/1'), OWNER, '/en/trainings/RMC-01-MARKED/assignment/rounds/9'),
  row('GET /:lang/trainings/:code/assignment/files/:id', w => WORK(`/files/${w.marked.fileId}`)(w), OWNER, '/en/trainings/RMC-01-MARKED/assignment/files/999999'),
  row('GET /:lang/marking', '/en/marking', MARKER),
  row('POST /:lang/marking/releases/:id', w => `/en/marking/releases/${w.marked.training.id}`, MARKER, '/en/marking/releases/999999'),
  row('GET /:lang/marking/:id', MARK(), MARKER, '/en/marking/999999'),
  row('POST /:lang/marking/:id', MARK(), MARKER, '/en/marking/999999'),
  row('POST /:lang/marking/:id/saved', MARK('/saved'), MARKER, '/en/marking/999999/saved'),
  row('GET /:lang/marking/:id/files/:file', w => MARK(`/files/${w.marked.fileId}`)(w), MARKER, '/en/marking/999999/files/1'),
  row('GET /:lang/manage/trainings/:code/assignment', WORKS(), STAFF, '/en/manage/trainings/NONE/assignment'),
  row('POST /:lang/manage/trainings/:code/assignment', WORKS(), COORDINATOR, '/en/manage/trainings/NONE/assignment'),
  row('POST /:lang/manage/trainings/:code/assignment/allocation', WORKS('/allocation'), COORDINATOR, '/en/manage/trainings/NONE/assignment/allocation'),
  row('POST /:lang/manage/trainings/:code/assignment/release', WORKS('/release'), COORDINATOR, '/en/manage/trainings/NONE/assignment/release'),
  row('GET /:lang/manage/trainings/:code/assignment/:id', WORKS('/:id'), STAFF, '/en/manage/trainings/RMC-01-MARKED/assignment/999999'),
  ...['allocation', 'extension', 'release', 'grade'].flatMap(noun => [
    row(`GET /:lang/manage/trainings/:code/assignment/:id/${noun}`, WORKS(`/:id/${noun}`), STAFF, `/en/manage/trainings/RMC-01-MARKED/assignment/999999/${noun}`),
    row(`POST /:lang/manage/trainings/:code/assignment/:id/${noun}`, WORKS(`/:id/${noun}`), COORDINATOR, `/en/manage/trainings/RMC-01-MARKED/assignment/999999/${noun}`),
  ]),
  row('GET /:lang/trainings/:code/materials', w => `/en/trainings/${w.open.code}/materials`, PARTICIPANTS, '/en/trainings/NONE/materials'),
  row('GET /:lang/trainings/:code/materials.zip', w => `/en/trainings/${w.open.code}/materials.zip`, PARTICIPANTS, '/en/trainings/NONE/materials.zip'),
  row('GET /:lang/trainings/:code/materials/:id', w => `/en/trainings/${w.open.code}/materials/${w.shelved.materialId}`, PARTICIPANTS, '/en/trainings/NONE/materials/1'),
  row('GET /:lang/trainings/:code/evaluation', w => `/en/trainings/${w.open.code}/evaluation`, OWNER, '/en/trainings/NONE/evaluation'),
  row('POST /:lang/trainings/:code/evaluation', w => `/en/trainings/${w.open.code}/evaluation`, OWNER, '/en/trainings/NONE/evaluation'),
  row('GET /:lang/trainings/:code/enrollment/expectations', w => `/en/trainings/${w.open.code}/enrollment/expectations`, OWNER, '/en/trainings/NONE/enrollment/expectations'),
  row('POST /:lang/trainings/:code/enrollment/expectations', w => `/en/trainings/${w.open.code}/enrollment/expectations`, OWNER, '/en/trainings/NONE/enrollment/expectations'),
  row('GET /:lang/teaching', '/en/teaching', PEOPLE),
  row('GET /:lang/teaching/:code', w => `/en/teaching/${w.taught.training.code}`, TEACHERS, '/en/teaching/NONE'),
  row('GET /:lang/teaching/:code/room', w => `/en/teaching/${w.taught.training.code}/room`, TEACHERS, '/en/teaching/NONE/room'),
  ...(['GET', 'POST'] as const).map(method =>
    row(`${method} /:lang/teaching/:code/room/:id/extension`, w => `/en/teaching/RMC-01-MARKED/room/${w.marked.enrollmentId}/extension`, { ...COORDINATOR, trainer: 'yes' }, '/en/teaching/RMC-01-MARKED/room/999999/extension'),
  ),
  row('GET /:lang/trainings/:code/evaluation/:day', w => `/en/trainings/${w.taught.training.code}/evaluation/2026-11-02`, OWNER, '/en/trainings/NONE/evaluation/2026-11-02'),
  row('POST /:lang/trainings/:code/evaluation/:day', w => `/en/trainings/${w.taught.training.code}/evaluation/2026-11-02`, OWNER, '/en/trainings/NONE/evaluation/2026-11-02'),
  row('GET /:lang/me', '/en/me', PEOPLE),
  row('GET /:lang/me/data', '/en/me/data', PEOPLE),
  row('POST /:lang/me/data', '/en/me/data', PEOPLE),
  row('GET /:lang/me/data.json', '/en/me/data.json', PEOPLE),
  row('GET /:lang/me/language', '/en/me/language', PEOPLE),
  row('POST /:lang/me/language', '/en/me/language', PEOPLE),
  row('GET /:lang/me/ministry', '/en/me/ministry', PEOPLE),
  row('POST /:lang/me/ministry', '/en/me/ministry', PEOPLE),
  row('GET /:lang/me/password', '/en/me/password', PEOPLE),
  row('POST /:lang/me/password', '/en/me/password', PEOPLE),
  row('GET /:lang/me/address', '/en/me/address', PEOPLE),
  row('POST /:lang/me/address', '/en/me/address', PEOPLE),
  row('GET /:lang/me/access', '/en/me/access', PEOPLE),
  row('GET /:lang/me/erasure', '/en/me/erasure', PEOPLE),
  row('POST /:lang/me/erasure', '/en/me/erasure', PEOPLE),
  row('POST /:lang/me/erasure/withdrawal', '/en/me/erasure/withdrawal', PEOPLE),
  row('GET /:lang/me/sign-ins', '/en/me/sign-ins', PEOPLE),
  row('POST /:lang/me/sign-ins/ending', '/en/me/sign-ins/ending', PEOPLE),
  row('POST /:lang/me/sign-ins/:id/ending', w => `/en/me/sign-ins/${w.sessionId}/ending`, OWNER, '/en/me/sign-ins/none/ending'),

  // The place of a State
  row('GET /:lang/state', '/en/state', FOCAL_POINT),
  row('GET /:lang/state/people', '/en/state/people', FOCAL_POINT),
  row('GET /:lang/state/access', '/en/state/access', FOCAL_POINT),
  row('GET /:lang/state/focal-points', '/en/state/focal-points', FOCAL_POINT),
  row('POST /:lang/state/focal-points/handover', '/en/state/focal-points/handover', FOCAL_POINT),
  row('POST /:lang/state/focal-points/handover/dropping', '/en/state/focal-points/handover/dropping', FOCAL_POINT),
  row('GET /:lang/manage/focal-points', '/en/manage/focal-points', STAFF),
  row('GET /:lang/manage/focal-points/:state/new', '/en/manage/focal-points/KZ/new', STAFF, '/en/manage/focal-points/XX/new'),
  row('POST /:lang/manage/focal-points/:state/new', '/en/manage/focal-points/KZ/new', STAFF, '/en/manage/focal-points/XX/new'),
  row('GET /:lang/manage/focal-points/:state/:grant/handover', w => `/en/manage/focal-points/KZ/${w.asking.mandate}/handover`, STAFF, '/en/manage/focal-points/KZ/999999/handover'),
  row('POST /:lang/manage/focal-points/:state/:grant/handover', w => `/en/manage/focal-points/KZ/${w.asking.mandate}/handover`, STAFF, '/en/manage/focal-points/KZ/999999/handover'),
  row('GET /:lang/manage/focal-points/:state/:grant/ending', w => `/en/manage/focal-points/KZ/${w.asking.mandate}/ending`, STAFF, '/en/manage/focal-points/KZ/999999/ending'),
  row('POST /:lang/manage/focal-points/:state/:grant/ending', w => `/en/manage/focal-points/KZ/${w.asking.mandate}/ending`, STAFF, '/en/manage/focal-points/KZ/999999/ending'),
  row('POST /:lang/manage/focal-points/:state/:grant/dropping', w => `/en/manage/focal-points/KZ/${w.asking.mandate}/dropping`, STAFF, '/en/manage/focal-points/KZ/999999/dropping'),
  row('GET /:lang/manage/focal-points/:state/:grant/letter', w => `/en/manage/focal-points/KZ/${w.asking.mandate}/letter`, STAFF, '/en/manage/focal-points/KZ/999999/letter'),
  row('GET /:lang/state/requests', '/en/state/requests', FOCAL_POINT),
  row('GET /:lang/state/requests/new', '/en/state/requests/new', FOCAL_POINT),
  row('POST /:lang/state/requests/new', '/en/state/requests/new', FOCAL_POINT),
  row('GET /:lang/state/requests/:code', w => `/en/state/requests/${w.asking.offered}`, FOCAL_POINT, '/en/state/requests/REQ-2026-999'),
  row('GET /:lang/state/requests/:code/edit/:part', w => `/en/state/requests/${w.asking.draft}/edit/problem`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/edit/problem'),
  row('POST /:lang/state/requests/:code/edit/:part', w => `/en/state/requests/${w.asking.draft}/edit/problem`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/edit/problem'),
  row('GET /:lang/state/requests/:code/discarding', w => `/en/state/requests/${w.asking.draft}/discarding`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/discarding'),
  row('POST /:lang/state/requests/:code/discarding', w => `/en/state/requests/${w.asking.draft}/discarding`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/discarding'),
  row('GET /:lang/state/requests/:code/withdrawal', w => `/en/state/requests/${w.asking.offered}/withdrawal`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/withdrawal'),
  row('POST /:lang/state/requests/:code/withdrawal', w => `/en/state/requests/${w.asking.offered}/withdrawal`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/withdrawal'),
  row('GET /:lang/state/requests/:code/check', w => `/en/state/requests/${w.asking.draft}/check`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/check'),
  row('POST /:lang/state/requests/:code/submission', w => `/en/state/requests/${w.asking.draft}/submission`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/submission'),
  row('POST /:lang/state/requests/:code/messages', w => `/en/state/requests/${w.asking.offered}/messages`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/messages'),
  row('GET /:lang/state/requests/:code/offers/:number', w => `/en/state/requests/${w.asking.offered}/offers/1`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/offers/1'),
  row('POST /:lang/state/requests/:code/offers/:number/agreement', w => `/en/state/requests/${w.asking.offered}/offers/1/agreement`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/offers/1/agreement'),
  row('GET /:lang/state/requests/:code/invitations', w => `/en/state/requests/${w.asking.draft}/invitations`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/invitations'),
  row('POST /:lang/state/requests/:code/invitations', w => `/en/state/requests/${w.asking.draft}/invitations`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/invitations'),
  row('POST /:lang/state/requests/:code/invitations/:state/withdrawal', w => `/en/state/requests/${w.asking.joint}/invitations/TJ/withdrawal`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/invitations/TJ/withdrawal'),
  row('GET /:lang/state/requests/:code/invitation', w => `/en/state/requests/${w.asking.invited}/invitation`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/invitation'),
  row('POST /:lang/state/requests/:code/joining', w => `/en/state/requests/${w.asking.invited}/joining`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/joining'),
  row('GET /:lang/state/requests/:code/declining', w => `/en/state/requests/${w.asking.invited}/declining`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/declining'),
  row('POST /:lang/state/requests/:code/declining', w => `/en/state/requests/${w.asking.invited}/declining`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/declining'),
  row('GET /:lang/state/requests/:code/leaving', w => `/en/state/requests/${w.asking.joined}/leaving`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/leaving'),
  row('POST /:lang/state/requests/:code/leaving', w => `/en/state/requests/${w.asking.joined}/leaving`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/leaving'),
  row('GET /:lang/state/requests/:code/files', w => `/en/state/requests/${w.asking.draft}/files`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/files'),
  row('POST /:lang/state/requests/:code/files', w => `/en/state/requests/${w.asking.draft}/files`, FOCAL_POINT, '/en/state/requests/REQ-2026-999/files'),
  row('GET /:lang/requests/:code/files/:id', w => `/en/requests/${w.asking.joint}/files/${w.asking.file}`, { ...STAFF, focalPoint: 'yes' }, '/en/requests/REQ-2026-999/files/1'),
  row('GET /:lang/requests/:code.pdf', w => `/en/requests/${w.asking.offered}.pdf`, { ...STAFF, focalPoint: 'yes' }, '/en/requests/REQ-2026-999.pdf'),
  row('GET /:lang/requests/:code/agreement.pdf', w => `/en/requests/${w.asking.agreed}/agreement.pdf`, { ...STAFF, focalPoint: 'yes' }, '/en/requests/REQ-2026-999/agreement.pdf'),
  row('GET /:lang/manage/requests', '/en/manage/requests', STAFF),
  row('GET /:lang/manage/requests/:code', w => `/en/manage/requests/${w.asking.offered}`, STAFF, '/en/manage/requests/REQ-2026-999'),
  row('POST /:lang/manage/requests/:code/acknowledgement', w => `/en/manage/requests/${w.asking.offered}/acknowledgement`, COORDINATOR, '/en/manage/requests/REQ-2026-999/acknowledgement'),
  row('POST /:lang/manage/requests/:code/clarification', w => `/en/manage/requests/${w.asking.offered}/clarification`, COORDINATOR, '/en/manage/requests/REQ-2026-999/clarification'),
  row('POST /:lang/manage/requests/:code/messages/:state', w => `/en/manage/requests/${w.asking.offered}/messages/KZ`, COORDINATOR, '/en/manage/requests/REQ-2026-999/messages/KZ'),
  row('GET /:lang/manage/requests/:code/declining', w => `/en/manage/requests/${w.asking.offered}/declining`, COORDINATOR, '/en/manage/requests/REQ-2026-999/declining'),
  row('POST /:lang/manage/requests/:code/declining', w => `/en/manage/requests/${w.asking.offered}/declining`, COORDINATOR, '/en/manage/requests/REQ-2026-999/declining'),
  row('GET /:lang/manage/requests/:code/training', w => `/en/manage/requests/${w.asking.agreed}/training`, COORDINATOR, '/en/manage/requests/REQ-2026-999/training'),
  row('POST /:lang/manage/requests/:code/training', w => `/en/manage/requests/${w.asking.agreed}/training`, COORDINATOR, '/en/manage/requests/REQ-2026-999/training'),
  row('GET /:lang/manage/requests/:code/offers/new', w => `/en/manage/requests/${w.asking.offered}/offers/new`, COORDINATOR, '/en/manage/requests/REQ-2026-999/offers/new'),
  row('POST /:lang/manage/requests/:code/offers/new', w => `/en/manage/requests/${w.asking.offered}/offers/new`, COORDINATOR, '/en/manage/requests/REQ-2026-999/offers/new'),
  row('GET /:lang/manage/requests/:code/offers/:number', w => `/en/manage/requests/${w.asking.offered}/offers/1`, STAFF, '/en/manage/requests/REQ-2026-999/offers/1'),
  row('POST /:lang/manage/requests/:code/offers/:number/sending', w => `/en/manage/requests/${w.asking.offered}/offers/1/sending`, COORDINATOR, '/en/manage/requests/REQ-2026-999/offers/1/sending'),
  row('POST /:lang/manage/requests/:code/offers/:number/agreement', w => `/en/manage/requests/${w.asking.offered}/offers/1/agreement`, COORDINATOR, '/en/manage/requests/REQ-2026-999/offers/1/agreement'),

  // The Center's staff
  row('GET /:lang/offers/:token', w => `/en/offers/${w.offering.token}`, EVERYONE, '/en/offers/none'),
  row('POST /:lang/offers/:token/acceptance', w => `/en/offers/${w.offering.token}/acceptance`, all('away'), '/en/offers/none/acceptance'),
  row('POST /:lang/offers/:token/refusal', w => `/en/offers/${w.offering.token}/refusal`, all('away'), '/en/offers/none/refusal'),
  row('GET /:lang/manage/enrollments/:id/decision', w => `/en/manage/enrollments/${w.offering.requestId}/decision`, COORDINATOR, '/en/manage/enrollments/999999/decision'),
  row('POST /:lang/manage/enrollments/:id/decision', w => `/en/manage/enrollments/${w.offering.requestId}/decision`, COORDINATOR, '/en/manage/enrollments/999999/decision'),
  row('GET /:lang/manage/trainings', '/en/manage/trainings', RUNNERS),
  row('GET /:lang/manage/trainings/new', '/en/manage/trainings/new', COORDINATOR),
  row('POST /:lang/manage/trainings/new', '/en/manage/trainings/new', COORDINATOR),
  row('GET /:lang/manage/trainings/:code', w => `/en/manage/trainings/${w.open.code}`, RUNNERS, '/en/manage/trainings/NONE'),
  row('GET /:lang/manage/trainings/:code/edit', w => `/en/manage/trainings/${w.open.code}/edit`, RUN, '/en/manage/trainings/NONE/edit'),
  row('POST /:lang/manage/trainings/:code/edit', w => `/en/manage/trainings/${w.open.code}/edit`, RUN, '/en/manage/trainings/NONE/edit'),
  row('GET /:lang/manage/trainings/:code/people', w => `/en/manage/trainings/${w.open.code}/people`, RUNNERS, '/en/manage/trainings/NONE/people'),
  row('GET /:lang/manage/trainings/:code/people/new', w => `/en/manage/trainings/${w.open.code}/people/new`, GIVEN, '/en/manage/trainings/NONE/people/new'),
  row('POST /:lang/manage/trainings/:code/people/new', w => `/en/manage/trainings/${w.open.code}/people/new`, GIVEN, '/en/manage/trainings/NONE/people/new'),
  row('POST /:lang/manage/trainings/:code/people/:grant/ending', w => `/en/manage/trainings/${w.open.code}/people/${w.chargeId}/ending`, GIVEN, '/en/manage/trainings/NONE/people/1/ending'),
  row('GET /:lang/manage/courses', '/en/manage/courses', STAFF),
  row('GET /:lang/manage/courses/new', '/en/manage/courses/new', COORDINATOR),
  row('POST /:lang/manage/courses/new', '/en/manage/courses/new', COORDINATOR),
  row('GET /:lang/manage/courses/:code', COMPOSED(), STAFF, '/en/manage/courses/NONE'),
  row('GET /:lang/manage/courses/:code/edit', COMPOSED('/edit'), COORDINATOR, '/en/manage/courses/NONE/edit'),
  row('POST /:lang/manage/courses/:code/edit', COMPOSED('/edit'), COORDINATOR, '/en/manage/courses/NONE/edit'),
  row('POST /:lang/manage/courses/:code/versions', COMPOSED('/versions'), COORDINATOR, '/en/manage/courses/NONE/versions'),
  row('POST /:lang/manage/courses/:code/publication', COMPOSED('/publication'), COORDINATOR, '/en/manage/courses/NONE/publication'),
  row('POST /:lang/manage/courses/:code/retirement', COMPOSED('/retirement'), COORDINATOR, '/en/manage/courses/NONE/retirement'),
  row('POST /:lang/manage/courses/:code/return', COMPOSED('/return'), COORDINATOR, '/en/manage/courses/NONE/return'),
  row('GET /:lang/manage/courses/:code/preview', COMPOSED('/preview'), STAFF, '/en/manage/courses/NONE/preview'),
  row('GET /:lang/manage/courses/:code/preview/reading', COMPOSED('/preview/reading'), STAFF, '/en/manage/courses/NONE/preview/reading'),
  row('GET /:lang/manage/projects', '/en/manage/projects', STAFF),
  row('GET /:lang/manage/projects/new', '/en/manage/projects/new', COORDINATOR),
  row('POST /:lang/manage/projects/new', '/en/manage/projects/new', COORDINATOR),
  row('GET /:lang/manage/projects/:code', w => `/en/manage/projects/${w.project}`, STAFF, '/en/manage/projects/NONE'),
  row('GET /:lang/manage/projects/:code/edit', w => `/en/manage/projects/${w.project}/edit`, COORDINATOR, '/en/manage/projects/NONE/edit'),
  row('POST /:lang/manage/projects/:code/edit', w => `/en/manage/projects/${w.project}/edit`, COORDINATOR, '/en/manage/projects/NONE/edit'),
  row('GET /:lang/manage/projects/:code/logo.svg', w => `/en/manage/projects/${w.project}/logo.svg`, STAFF, '/en/manage/projects/NONE/logo.svg'),
  row('POST /:lang/manage/projects/:code/logo', w => `/en/manage/projects/${w.project}/logo`, COORDINATOR, '/en/manage/projects/NONE/logo'),
  row('POST /:lang/manage/projects/:code/logo/removal', w => `/en/manage/projects/${w.project}/logo/removal`, COORDINATOR, '/en/manage/projects/NONE/logo/removal'),
  row('GET /:lang/manage/trainings/:code/signing', w => `/en/manage/trainings/${w.open.code}/signing`, RUN, '/en/manage/trainings/NONE/signing'),
  row('POST /:lang/manage/trainings/:code/signing/signatories', w => `/en/manage/trainings/${w.open.code}/signing/signatories`, RUN, '/en/manage/trainings/NONE/signing/signatories'),
  row('POST /:lang/manage/trainings/:code/signing/signatories/default', w => `/en/manage/trainings/${w.open.code}/signing/signatories/default`, RUN, '/en/manage/trainings/NONE/signing/signatories/default'),
  row('POST /:lang/manage/trainings/:code/signing/logos', w => `/en/manage/trainings/${w.open.code}/signing/logos`, RUN, '/en/manage/trainings/NONE/signing/logos'),
  row('POST /:lang/manage/trainings/:code/signing/logos/project', w => `/en/manage/trainings/${w.open.code}/signing/logos/project`, RUN, '/en/manage/trainings/NONE/signing/logos/project'),
  row('POST /:lang/manage/trainings/:code/signing/logos/default', w => `/en/manage/trainings/${w.open.code}/signing/logos/default`, RUN, '/en/manage/trainings/NONE/signing/logos/default'),
  row('GET /:lang/manage/trainings/:code/signing/specimen.pdf', w => `/en/manage/trainings/${w.open.code}/signing/specimen.pdf`, RUN, '/en/manage/trainings/NONE/signing/specimen.pdf'),
  row('GET /:lang/manage/trainings/:code/signing/logos/:id', w => `/en/manage/trainings/${w.open.code}/signing/logos/${w.logoId}`, RUN, '/en/manage/trainings/NONE/signing/logos/1'),
  row('POST /:lang/manage/trainings/:code/signing/logos/:id/removal', w => `/en/manage/trainings/${w.open.code}/signing/logos/${w.logoId}/removal`, RUN, '/en/manage/trainings/NONE/signing/logos/1/removal'),
  row('GET /:lang/manage/trainings/:code/copy', w => `/en/manage/trainings/${w.open.code}/copy`, GIVEN, '/en/manage/trainings/NONE/copy'),
  row('POST /:lang/manage/trainings/:code/copy', w => `/en/manage/trainings/${w.open.code}/copy`, GIVEN, '/en/manage/trainings/NONE/copy'),
  row('GET /:lang/manage/trainings/:code/clashes', w => `/en/manage/trainings/${w.open.code}/clashes`, RUNNERS, '/en/manage/trainings/NONE/clashes'),
  row('GET /:lang/manage/trainings/:code/publication', w => `/en/manage/trainings/${w.open.code}/publication`, RUN, '/en/manage/trainings/NONE/publication'),
  row('POST /:lang/manage/trainings/:code/publication', w => `/en/manage/trainings/${w.open.code}/publication`, RUN, '/en/manage/trainings/NONE/publication'),
  row('GET /:lang/manage/trainings/:code/closing', w => `/en/manage/trainings/${w.open.code}/closing`, RUN, '/en/manage/trainings/NONE/closing'),
  row('POST /:lang/manage/trainings/:code/closing', w => `/en/manage/trainings/${w.open.code}/closing`, RUN, '/en/manage/trainings/NONE/closing'),
  row('GET /:lang/manage/trainings/:code/postponement', w => `/en/manage/trainings/${w.open.code}/postponement`, RUN, '/en/manage/trainings/NONE/postponement'),
  row('POST /:lang/manage/trainings/:code/postponement', w => `/en/manage/trainings/${w.open.code}/postponement`, RUN, '/en/manage/trainings/NONE/postponement'),
  row('GET /:lang/manage/trainings/:code/cancellation', w => `/en/manage/trainings/${w.open.code}/cancellation`, RUN, '/en/manage/trainings/NONE/cancellation'),
  row('POST /:lang/manage/trainings/:code/cancellation', w => `/en/manage/trainings/${w.open.code}/cancellation`, RUN, '/en/manage/trainings/NONE/cancellation'),
  row('GET /:lang/manage/trainings/:code/participants.xlsx', w => `/en/manage/trainings/${w.open.code}/participants.xlsx`, RUNNERS, '/en/manage/trainings/NONE/participants.xlsx'),
  row('GET /:lang/manage/trainings/:code/participants', w => `/en/manage/trainings/${w.open.code}/participants`, RUNNERS, '/en/manage/trainings/NONE/participants'),
  row('GET /:lang/manage/trainings/:code/evaluation', w => `/en/manage/trainings/${w.open.code}/evaluation`, RUNNERS, '/en/manage/trainings/NONE/evaluation'),
  row('GET /:lang/manage/certificates', '/en/manage/certificates', STAFF),
  row('POST /:lang/manage/certificates', '/en/manage/certificates', COORDINATOR),
  row('GET /:lang/manage/certificates/contributions', '/en/manage/certificates/contributions', STAFF),
  row('POST /:lang/manage/certificates/contributions', '/en/manage/certificates/contributions', COORDINATOR),
  row('GET /:lang/manage/certificates/contributions/:training/:person.pdf', w => `/en/manage/certificates/contributions/${w.taught.training.id}/${w.taught.teacher.id}.pdf`, STAFF, '/en/manage/certificates/contributions/999999/1.pdf'),
  row('GET /:lang/manage/certificates/unfinished', '/en/manage/certificates/unfinished', STAFF),
  row('GET /:lang/manage/certificates/issued', '/en/manage/certificates/issued', STAFF),
  row('GET /:lang/manage/certificates/:code', w => `/en/manage/certificates/${w.certificate}`, STAFF, '/en/manage/certificates/NONE'),
  row('GET /:lang/manage/certificates/:code/replacement', w => `/en/manage/certificates/${w.certificate}/replacement`, COORDINATOR, '/en/manage/certificates/NONE/replacement'),
  row('POST /:lang/manage/certificates/:code/replacement', w => `/en/manage/certificates/${w.certificate}/replacement`, COORDINATOR, '/en/manage/certificates/NONE/replacement'),
  row('GET /:lang/manage/certificates/:code/revocation', w => `/en/manage/certificates/${w.certificate}/revocation`, COORDINATOR, '/en/manage/certificates/NONE/revocation'),
  row('POST /:lang/manage/certificates/:code/revocation', w => `/en/manage/certificates/${w.certificate}/revocation`, COORDINATOR, '/en/manage/certificates/NONE/revocation'),
  row('GET /:lang/manage/enrollments/:id/certificate.pdf', w => `/en/manage/enrollments/${w.doneEnrollment.id}/certificate.pdf`, { ...STAFF, coordinator: 'no', administrator: 'no' }, '/en/manage/enrollments/999999/certificate.pdf'),
  row('GET /:lang/manage/people', '/en/manage/people', STAFF),
  row('GET /:lang/manage/people/erasures', '/en/manage/people/erasures', STAFF),
  row('GET /:lang/manage/people/:id', w => `/en/manage/people/${w.people.owner.id}`, STAFF, '/en/manage/people/999999'),
  row('GET /:lang/manage/people/:id/role-grants', w => `/en/manage/people/${w.people.owner.id}/role-grants`, ADMINISTRATOR, '/en/manage/people/999999/role-grants'),
  row('POST /:lang/manage/people/:id/role-grants', w => `/en/manage/people/${w.people.owner.id}/role-grants`, ADMINISTRATOR, '/en/manage/people/999999/role-grants'),
  row('POST /:lang/manage/people/:id/role-grants/:grant/ending', w => `/en/manage/people/${w.people.trainer.id}/role-grants/${w.grantId}/ending`, ADMINISTRATOR, '/en/manage/people/999999/role-grants/1/ending'),
  row('GET /:lang/manage/people/:id/erasure', w => `/en/manage/people/${w.people.owner.id}/erasure`, ADMINISTRATOR, '/en/manage/people/999999/erasure'),
  row('POST /:lang/manage/people/:id/erasure', w => `/en/manage/people/${w.people.owner.id}/erasure`, ADMINISTRATOR, '/en/manage/people/999999/erasure'),
  row('GET /:lang/manage/mails', '/en/manage/mails', STAFF),
  row('GET /:lang/manage/mails/:id', w => `/en/manage/mails/${w.mailId}`, STAFF, '/en/manage/mails/999999'),
  row('GET /:lang/manage/mails/:id/html', w => `/en/manage/mails/${w.mailId}/html`, STAFF, '/en/manage/mails/999999/html'),
  row('GET /:lang/manage/mails/:id/calendar/:number', w => `/en/manage/mails/${w.mailId}/calendar/1`, STAFF, '/en/manage/mails/999999/calendar/1'),
  row('POST /:lang/manage/mails/:id/sending', w => `/en/manage/mails/${w.mailId}/sending`, STAFF, '/en/manage/mails/999999/sending'),
  row('GET /:lang/manage/jobs', '/en/manage/jobs', STAFF),
  row('POST /:lang/manage/jobs/another-try', '/en/manage/jobs/another-try', STAFF),
  row('POST /:lang/manage/jobs/:id/another-try', w => `/en/manage/jobs/${w.jobId}/another-try`, STAFF, '/en/manage/jobs/999999/another-try'),
  row('GET /:lang/manage/audit', '/en/manage/audit', STAFF),
  row('GET /:lang/manage/settings', '/en/manage/settings', STAFF),
  row('GET /:lang/manage/settings/signatories', '/en/manage/settings/signatories', STAFF),
  row('POST /:lang/manage/settings/signatories', '/en/manage/settings/signatories', STAFF),
  row('GET /:lang/manage/settings/contact', '/en/manage/settings/contact', STAFF),
  row('POST /:lang/manage/settings/contact', '/en/manage/settings/contact', STAFF),
  row('GET /:lang/manage/settings/logos', '/en/manage/settings/logos', STAFF),
  row('POST /:lang/manage/settings/logos', '/en/manage/settings/logos', STAFF),
  row('GET /:lang/manage/settings/logos/:id', w => `/en/manage/settings/logos/${w.logoId}`, STAFF, '/en/manage/settings/logos/999999'),
  row('POST /:lang/manage/settings/logos/:id/removal', w => `/en/manage/settings/logos/${w.logoId}/removal`, STAFF),

  // Sessions and agendas: the plan is there for those who work on it
  row('GET /:lang/manage/trainings/:code/agenda', PLAN('/agenda'), STAFF, '/en/manage/trainings/NONE/agenda'),
  row('GET /:lang/manage/trainings/:code/agenda/announcement', PLAN('/agenda/announcement'), STAFF, '/en/manage/trainings/NONE/agenda/announcement'),
  row('POST /:lang/manage/trainings/:code/agenda/announcement', PLAN('/agenda/announcement'), STAFF, '/en/manage/trainings/NONE/agenda/announcement'),
  row('GET /:lang/manage/trainings/:code/agenda/days/:date/move', PLAN('/agenda/days/2027-03-02/move'), STAFF, '/en/manage/trainings/NONE/agenda/days/2027-03-02/move'),
  row('POST /:lang/manage/trainings/:code/agenda/days/:date/move', PLAN('/agenda/days/2027-03-02/move'), STAFF, '/en/manage/trainings/NONE/agenda/days/2027-03-02/move'),
  row('GET /:lang/manage/trainings/:code/sessions/new', PLAN('/sessions/new'), STAFF, '/en/manage/trainings/NONE/sessions/new'),
  row('POST /:lang/manage/trainings/:code/sessions/new', PLAN('/sessions/new'), STAFF, '/en/manage/trainings/NONE/sessions/new'),
  row('GET /:lang/manage/trainings/:code/sessions/:id', PLAN('/sessions/:id'), STAFF, '/en/manage/trainings/NONE/sessions/1'),
  row('POST /:lang/manage/trainings/:code/sessions/:id', PLAN('/sessions/:id'), STAFF, '/en/manage/trainings/NONE/sessions/1'),
  row('GET /:lang/manage/trainings/:code/sessions/:id/cancellation', PLAN('/sessions/:id/cancellation'), STAFF, '/en/manage/trainings/NONE/sessions/1/cancellation'),
  row('POST /:lang/manage/trainings/:code/sessions/:id/cancellation', PLAN('/sessions/:id/cancellation'), STAFF, '/en/manage/trainings/NONE/sessions/1/cancellation'),
  row('GET /:lang/manage/trainings/:code/test', w => `/en/manage/trainings/${w.open.code}/test`, RUNNERS, '/en/manage/trainings/NONE/test'),
  row('POST /:lang/manage/trainings/:code/test', w => `/en/manage/trainings/${w.open.code}/test`, RUN, '/en/manage/trainings/NONE/test'),
  row('GET /:lang/manage/trainings/:code/gain', w => `/en/manage/trainings/${w.open.code}/gain`, RUNNERS, '/en/manage/trainings/NONE/gain'),
  row('GET /:lang/manage/trainings/:code/test/:id', w => `/en/manage/trainings/${w.open.code}/test/${w.openEnrollmentId}`, RUNNERS, '/en/manage/trainings/RMC-01-OPEN/test/999999'),
  row('POST /:lang/manage/trainings/:code/test/:id', w => `/en/manage/trainings/${w.open.code}/test/${w.openEnrollmentId}`, RUN, '/en/manage/trainings/RMC-01-OPEN/test/999999'),
  row('GET /:lang/manage/trainings/:code/attendance', PLAN('/attendance'), STAFF, '/en/manage/trainings/NONE/attendance'),
  row('GET /:lang/manage/trainings/:code/attendance/sheets/:day.pdf', PLAN('/attendance/sheets/2027-03-02.pdf'), STAFF, '/en/manage/trainings/NONE/attendance/sheets/2027-03-02.pdf'),
  row('GET /:lang/manage/trainings/:code/attendance/:enrollment', w => PLAN(`/attendance/${w.planned.placeId}`)(w), STAFF, '/en/manage/trainings/RMC-01-DATED/attendance/999999'),
  row('GET /:lang/manage/trainings/:code/sessions/:id/attendance', PLAN('/sessions/:id/attendance'), STAFF, '/en/manage/trainings/RMC-01-DATED/sessions/999999/attendance'),
  row('POST /:lang/manage/trainings/:code/sessions/:id/attendance', PLAN('/sessions/:id/attendance'), STAFF, '/en/manage/trainings/RMC-01-DATED/sessions/999999/attendance'),
  row('GET /:lang/manage/trainings/:code/sessions/:id/attendance.pdf', PLAN('/sessions/:id/attendance.pdf'), STAFF, '/en/manage/trainings/RMC-01-DATED/sessions/999999/attendance.pdf'),
  row('GET /:lang/manage/trainings/:code/sessions/:id/attendance/code', PLAN('/sessions/:id/attendance/code'), STAFF, '/en/manage/trainings/RMC-01-DATED/sessions/999999/attendance/code'),
  row('POST /:lang/manage/trainings/:code/sessions/:id/attendance/code', PLAN('/sessions/:id/attendance/code'), STAFF, '/en/manage/trainings/RMC-01-DATED/sessions/999999/attendance/code'),
  row('POST /:lang/manage/trainings/:code/sessions/:id/attendance/code/closing', PLAN('/sessions/:id/attendance/code/closing'), STAFF, '/en/manage/trainings/RMC-01-DATED/sessions/999999/attendance/code/closing'),
  row('GET /:lang/manage/trainings/:code/sessions/:id/attendance/import', PLAN('/sessions/:id/attendance/import'), STAFF, '/en/manage/trainings/RMC-01-DATED/sessions/999999/attendance/import'),
  row('POST /:lang/manage/trainings/:code/sessions/:id/attendance/import', PLAN('/sessions/:id/attendance/import'), STAFF, '/en/manage/trainings/RMC-01-DATED/sessions/999999/attendance/import'),
  row('GET /:lang/manage/trainings/:code/sessions/:id/attendance/walk-in', PLAN('/sessions/:id/attendance/walk-in'), STAFF, '/en/manage/trainings/RMC-01-DATED/sessions/999999/attendance/walk-in'),
  row('POST /:lang/manage/trainings/:code/sessions/:id/attendance/walk-in', PLAN('/sessions/:id/attendance/walk-in'), STAFF, '/en/manage/trainings/RMC-01-DATED/sessions/999999/attendance/walk-in'),
  row('GET /:lang/manage/trainings/:code/sessions/:id/attendance/import/:list', w => PLAN(`/sessions/:id/attendance/import/${w.planned.listId}`)(w), BROUGHT, '/en/manage/trainings/RMC-01-DATED/sessions/999999/attendance/import/999999'),
  row('POST /:lang/manage/trainings/:code/sessions/:id/attendance/import/:list', w => PLAN(`/sessions/:id/attendance/import/${w.planned.listId}`)(w), BROUGHT, '/en/manage/trainings/RMC-01-DATED/sessions/999999/attendance/import/999999'),
  row('GET /:lang/trainings/:code/attendance', w => `/en/trainings/${w.open.code}/attendance`, OWNER, '/en/trainings/NONE/attendance'),
  row('POST /:lang/trainings/:code/attendance', w => `/en/trainings/${w.open.code}/attendance`, OWNER, '/en/trainings/NONE/attendance'),
  row('GET /:lang/manage/trainings/:code/materials', SHELF(), RUNNERS, '/en/manage/trainings/NONE/materials'),
  row('POST /:lang/manage/trainings/:code/materials', SHELF(), RUNNERS, '/en/manage/trainings/NONE/materials'),
  row('GET /:lang/manage/trainings/:code/materials/:id', SHELF('/:id'), RUNNERS, '/en/manage/trainings/NONE/materials/1'),
  row('POST /:lang/manage/trainings/:code/materials/:id', SHELF('/:id'), RUNNERS, '/en/manage/trainings/NONE/materials/1'),
  row('POST /:lang/manage/trainings/:code/materials/:id/position', SHELF('/:id/position'), RUNNERS, '/en/manage/trainings/NONE/materials/1/position'),
  row('GET /:lang/manage/trainings/:code/materials/:id/removal', SHELF('/:id/removal'), RUNNERS, '/en/manage/trainings/NONE/materials/1/removal'),
  row('POST /:lang/manage/trainings/:code/materials/:id/removal', SHELF('/:id/removal'), RUNNERS, '/en/manage/trainings/NONE/materials/1/removal'),
  row('POST /:lang/manage/trainings/:code/materials/:id/restoration', w => `/en/manage/trainings/${w.open.code}/materials/${w.shelved.removedId}/restoration`, RUNNERS, '/en/manage/trainings/NONE/materials/1/restoration'),
  row('GET /:lang/manage/planning', '/en/manage/planning', PLANNERS),
  row('GET /:lang/manage/resources', '/en/manage/resources', STAFF),
  row('GET /:lang/manage/resources/new', '/en/manage/resources/new', STAFF),
  row('POST /:lang/manage/resources/new', '/en/manage/resources/new', STAFF),
  row('GET /:lang/manage/resources/:id', w => `/en/manage/resources/${w.planned.resourceId}`, STAFF, '/en/manage/resources/999999'),
  row('POST /:lang/manage/resources/:id', w => `/en/manage/resources/${w.planned.resourceId}`, STAFF, '/en/manage/resources/999999'),
  row('POST /:lang/manage/resources/:id/retirement', w => `/en/manage/resources/${w.planned.resourceId}/retirement`, STAFF, '/en/manage/resources/999999/retirement'),
  row('POST /:lang/manage/resources/:id/return', w => `/en/manage/resources/${w.planned.resourceId}/return`, STAFF, '/en/manage/resources/999999/return'),
  row('GET /:lang/manage/calendar-days', '/en/manage/calendar-days', STAFF),
  row('GET /:lang/manage/calendar-days/holidays', '/en/manage/calendar-days/holidays', STAFF),
  row('POST /:lang/manage/calendar-days/holidays', '/en/manage/calendar-days/holidays', STAFF),
  row('GET /:lang/manage/calendar-days/weekends', '/en/manage/calendar-days/weekends', STAFF),
  row('POST /:lang/manage/calendar-days/weekends', '/en/manage/calendar-days/weekends', STAFF),
  row('POST /:lang/manage/calendar-days/holidays/:id/removal', w => `/en/manage/calendar-days/holidays/${w.planned.holidayId}/removal`, STAFF, '/en/manage/calendar-days/holidays/999999/removal'),
  row('GET /:lang/manage/calendar-days/weekends/:id/end', w => `/en/manage/calendar-days/weekends/${w.planned.weekendId}/end`, STAFF, '/en/manage/calendar-days/weekends/999999/end'),
  row('POST /:lang/manage/calendar-days/weekends/:id/end', w => `/en/manage/calendar-days/weekends/${w.planned.weekendId}/end`, STAFF, '/en/manage/calendar-days/weekends/999999/end'),

  // The question bank
  row('GET /:lang/manage/bank', '/en/manage/bank', STAFF),
  row('GET /:lang/manage/bank/modules/:module', '/en/manage/bank/modules/RMC-01', STAFF, '/en/manage/bank/modules/RMC-99'),
  row('GET /:lang/manage/bank/modules/:module/analysis', '/en/manage/bank/modules/RMC-01/analysis', STAFF, '/en/manage/bank/modules/RMC-99/analysis'),
  row('GET /:lang/manage/bank/modules/:module/analysis.xlsx', '/en/manage/bank/modules/RMC-01/analysis.xlsx', STAFF, '/en/manage/bank/modules/RMC-99/analysis.xlsx'),
  row('POST /:lang/manage/bank/modules/:module/items-in-use', '/en/manage/bank/modules/RMC-01/items-in-use', COORDINATOR, '/en/manage/bank/modules/RMC-99/items-in-use'),
  row('GET /:lang/manage/bank/items/new', '/en/manage/bank/items/new', COORDINATOR),
  // Without module and type it leads back to the choice of them.
  row('POST /:lang/manage/bank/items/new', '/en/manage/bank/items/new', { ...COORDINATOR, coordinator: 'away' }),
  row('GET /:lang/manage/bank/items/:code', '/en/manage/bank/items/RMC-01-Q01', STAFF, '/en/manage/bank/items/RMC-99-Q01'),
  row('GET /:lang/manage/bank/items/:code/edit', '/en/manage/bank/items/RMC-01-Q01/edit', COORDINATOR, '/en/manage/bank/items/RMC-99-Q01/edit'),
  row('POST /:lang/manage/bank/items/:code/edit', '/en/manage/bank/items/RMC-01-Q01/edit', COORDINATOR, '/en/manage/bank/items/RMC-99-Q01/edit'),
  row('POST /:lang/manage/bank/items/:code/review', '/en/manage/bank/items/RMC-01-Q01/review', COORDINATOR, '/en/manage/bank/items/RMC-99-Q01/review'),
  row('POST /:lang/manage/bank/items/:code/returning', '/en/manage/bank/items/RMC-01-Q01/returning', COORDINATOR, '/en/manage/bank/items/RMC-99-Q01/returning'),
  row('POST /:lang/manage/bank/items/:code/retirement', '/en/manage/bank/items/RMC-01-Q01/retirement', COORDINATOR, '/en/manage/bank/items/RMC-99-Q01/retirement'),
  row('GET /:lang/manage/bank/items/:code/versions/:number/results', '/en/manage/bank/items/RMC-01-Q01/versions/1/results', COORDINATOR, '/en/manage/bank/items/RMC-99-Q01/versions/1/results'),
  row('POST /:lang/manage/bank/items/:code/versions/:number/results', '/en/manage/bank/items/RMC-01-Q01/versions/1/results', COORDINATOR, '/en/manage/bank/items/RMC-99-Q01/versions/1/results'),
  row('GET /:lang/manage/bank/import', '/en/manage/bank/import', COORDINATOR),
  row('POST /:lang/manage/bank/import', '/en/manage/bank/import', COORDINATOR),
  row('GET /:lang/manage/bank/import/:file', w => `/en/manage/bank/import/${w.brought.fileId}`, BROUGHT, '/en/manage/bank/import/999999'),
  row('POST /:lang/manage/bank/import/:file', w => `/en/manage/bank/import/${w.brought.fileId}`, BROUGHT, '/en/manage/bank/import/999999'),
  row('GET /:lang/manage/bank/export', '/en/manage/bank/export', STAFF),
  row('POST /:lang/manage/bank/export', '/en/manage/bank/export', STAFF),

  // The queue of translation
  row('GET /:lang/manage/translations', '/en/manage/translations', STAFF),
  row('GET /:lang/manage/translations/:piece', TRANSLATION(), STAFF, '/en/manage/translations/RMC-99'),
  row('POST /:lang/manage/translations/:piece/task', TRANSLATION('/task'), COORDINATOR, '/en/manage/translations/RMC-99/task'),
  row('POST /:lang/manage/translations/:piece/task/ending', TRANSLATION('/task/ending'), COORDINATOR, '/en/manage/translations/RMC-99/task/ending'),
  row('POST /:lang/manage/translations/:piece/table', TRANSLATION('/table'), COORDINATOR, '/en/manage/translations/RMC-99/table'),
  row('POST /:lang/manage/translations/:piece/tables', TRANSLATION('/tables'), COORDINATOR, '/en/manage/translations/RMC-99/tables'),
  row('GET /:lang/manage/translations/:piece/tables/:file', w => TRANSLATION(`/tables/${w.tableId}`)(w), BROUGHT, '/en/manage/translations/RMC-01/tables/999999'),
  row('POST /:lang/manage/translations/:piece/tables/:file', w => TRANSLATION(`/tables/${w.tableId}`)(w), BROUGHT, '/en/manage/translations/RMC-01/tables/999999'),

  // The workshop of the curriculum
  row('GET /:lang/manage/curriculum', '/en/manage/curriculum', STAFF),
  row('GET /:lang/manage/curriculum/files.zip', '/en/manage/curriculum/files.zip', COORDINATOR),
  row('GET /:lang/manage/curriculum/:module/publication', DRAFT('/publication'), STAFF, '/en/manage/curriculum/RMC-99/publication'),
  row('POST /:lang/manage/curriculum/:module/publication', DRAFT('/publication'), COORDINATOR, '/en/manage/curriculum/RMC-99/publication'),
  row('GET /:lang/manage/curriculum/:module/pictures', DRAFT('/pictures'), STAFF, '/en/manage/curriculum/RMC-99/pictures'),
  row('POST /:lang/manage/curriculum/:module/pictures', DRAFT('/pictures'), COORDINATOR, '/en/manage/curriculum/RMC-99/pictures'),
  row('GET /curriculum/:module/pictures/:name', w => `/curriculum/${w.piece}/pictures/flows.png`, EVERYONE, '/curriculum/RMC-99/pictures/none.png'),
  row('GET /:lang/manage/curriculum/:piece', DRAFT(), STAFF, '/en/manage/curriculum/RMC-99'),
  row('POST /:lang/manage/curriculum/:piece/draft', DRAFT('/draft'), COORDINATOR, '/en/manage/curriculum/RMC-99/draft'),
  row('GET /:lang/manage/curriculum/:piece/edit', DRAFT('/edit'), COORDINATOR, '/en/manage/curriculum/RMC-99/edit'),
  row('POST /:lang/manage/curriculum/:piece/edit', DRAFT('/edit'), COORDINATOR, '/en/manage/curriculum/RMC-99/edit'),
  row('POST /:lang/manage/curriculum/:piece/saving', DRAFT('/saving'), COORDINATOR, '/en/manage/curriculum/RMC-99/saving'),
  row('POST /:lang/manage/curriculum/:piece/preview', DRAFT('/preview'), COORDINATOR, '/en/manage/curriculum/RMC-99/preview'),
  row('GET /:lang/manage/curriculum/:piece/history', DRAFT('/history'), STAFF, '/en/manage/curriculum/RMC-99/history'),
  row('POST /:lang/manage/curriculum/:piece/sending', DRAFT('/sending'), COORDINATOR, '/en/manage/curriculum/RMC-99/sending'),
  row('POST /:lang/manage/curriculum/:piece/approval', DRAFT('/approval'), COORDINATOR, '/en/manage/curriculum/RMC-99/approval'),
  row('POST /:lang/manage/curriculum/:piece/translation', DRAFT('/translation'), COORDINATOR, '/en/manage/curriculum/RMC-99/translation'),
  row('POST /:lang/manage/curriculum/:piece/review', DRAFT('/review'), COORDINATOR, '/en/manage/curriculum/RMC-99/review'),
  row('POST /:lang/manage/curriculum/:piece/returning', DRAFT('/returning'), COORDINATOR, '/en/manage/curriculum/RMC-99/returning'),
  row('POST /:lang/manage/curriculum/:piece/discarding', DRAFT('/discarding'), COORDINATOR, '/en/manage/curriculum/RMC-99/discarding'),
  row('POST /:lang/manage/curriculum/:piece/remarks', DRAFT('/remarks'), COORDINATOR, '/en/manage/curriculum/RMC-99/remarks'),
  row('POST /:lang/manage/curriculum/:piece/remarks/:id/answers', w => DRAFT(`/remarks/${w.remarkId}/answers`)(w), COORDINATOR, '/en/manage/curriculum/RMC-01/remarks/999999/answers'),
  row('POST /:lang/manage/curriculum/:piece/remarks/:id/resolution', w => DRAFT(`/remarks/${w.remarkId}/resolution`)(w), COORDINATOR, '/en/manage/curriculum/RMC-01/remarks/999999/resolution'),

  // Mail and calendar
  row('GET /:lang/unsubscribe/:token', w => `/en/unsubscribe/${w.mailing.stop}`, EVERYONE, '/en/unsubscribe/none'),
  row('POST /:lang/unsubscribe/:token', w => `/en/unsubscribe/${w.mailing.stop}`, EVERYONE, '/en/unsubscribe/none'),
  row('GET /:lang/me/calendar', '/en/me/calendar', PEOPLE),
  row('POST /:lang/me/calendar', '/en/me/calendar', PEOPLE),
  row('POST /:lang/me/calendar/:id/revocation', w => `/en/me/calendar/${w.mailing.feedId}/revocation`, OWNER, '/en/me/calendar/999999/revocation'),
  row('GET /:lang/me/mails', '/en/me/mails', PEOPLE),
  row('POST /:lang/me/mails', '/en/me/mails', PEOPLE),
  row('GET /:lang/manage/mail-texts', '/en/manage/mail-texts', STAFF),
  row('GET /:lang/manage/mail-texts/:key', '/en/manage/mail-texts/footer', STAFF, '/en/manage/mail-texts/none'),
  row('POST /:lang/manage/mail-texts/:key', '/en/manage/mail-texts/footer', STAFF, '/en/manage/mail-texts/none'),
  row('POST /:lang/manage/mail-texts/:key/default', '/en/manage/mail-texts/footer/default', STAFF, '/en/manage/mail-texts/none/default'),
  row('GET /:lang/manage/trainings/:code/mails', w => `/en/manage/trainings/${w.open.code}/mails`, RUNNERS, '/en/manage/trainings/NONE/mails'),
  row('GET /:lang/manage/trainings/:code/mails/new', w => `/en/manage/trainings/${w.open.code}/mails/new`, RUNNERS, '/en/manage/trainings/NONE/mails/new'),
  row('POST /:lang/manage/trainings/:code/mails/new', w => `/en/manage/trainings/${w.open.code}/mails/new`, RUNNERS, '/en/manage/trainings/NONE/mails/new'),
  row('GET /:lang/manage/trainings/:code/mails/:id', w => `/en/manage/trainings/${w.open.code}/mails/${w.mailing.bulkId}`, RUNNERS, '/en/manage/trainings/NONE/mails/1'),
  row('GET /:lang/manage/trainings/:code/mails/:id/edit', w => `/en/manage/trainings/${w.open.code}/mails/${w.mailing.bulkId}/edit`, RUNNERS, '/en/manage/trainings/NONE/mails/1/edit'),
  row('POST /:lang/manage/trainings/:code/mails/:id/edit', w => `/en/manage/trainings/${w.open.code}/mails/${w.mailing.bulkId}/edit`, RUNNERS, '/en/manage/trainings/NONE/mails/1/edit'),
  row('POST /:lang/manage/trainings/:code/mails/:id/test', w => `/en/manage/trainings/${w.open.code}/mails/${w.mailing.bulkId}/test`, RUNNERS, '/en/manage/trainings/NONE/mails/1/test'),
  row('POST /:lang/manage/trainings/:code/mails/:id/sending', w => `/en/manage/trainings/${w.open.code}/mails/${w.mailing.bulkId}/sending`, RUNNERS, '/en/manage/trainings/NONE/mails/1/sending'),
  row('POST /:lang/manage/trainings/:code/mails/:id/removal', w => `/en/manage/trainings/${w.open.code}/mails/${w.mailing.bulkId}/removal`, RUNNERS, '/en/manage/trainings/NONE/mails/1/removal'),
]
