import { inTransaction, one, sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import { announce } from '../../models/announcing.ts'
import { writeBulkMail } from '../../models/bulk-mailing.ts'
import { type MailKind, type Mails, notify, recipient } from '../../models/notifying.ts'
import type { Topic } from '../../models/preferring.ts'
import { schedule } from '../../models/scheduling.ts'
import { aDatedTraining, aPlan } from './agendas.ts'
import { aCourse } from './courses.ts'
import { aCertificate, passedTest } from './finishing.ts'
import { anEnrollment, aTraining } from './trainings.ts'
import { lettersOfAssignments, lettersOfStates } from './letters-of-work.ts'
import { aPerson, asActor, cast, type Someone } from './people.ts'

/** The longest title a form takes, in the script that takes most bytes. */
const LONG =
  'Международная защита, сложные случаи и сотрудничество десяти государств в области миграции и убежища: общий курс'
const long = { en: LONG, ru: LONG }
const PARAGRAPH = 'Возьмите с собой паспорт, потому что при входе в здание его спросят у каждого участника. '

/** One mail of every kind waits for this person, as full as each can be. Returns the kinds. */
export async function everyLetter(person: Someone): Promise<MailKind[]> {
  const to = (await recipient(person.id))!
  const kinds: MailKind[] = []
  const send = async <Kind extends MailKind>(kind: Kind, data: Mails[Kind], topic?: Topic) => {
    kinds.push(kind)
    return (await inTransaction(() => notify(to, kind, `letter:${kind}`, data, topic)))!
  }
  const key = { link: `/confirm/${'x'.repeat(32)}`, code: '123456' }
  await send('confirm-address', key)
  await send('address-known', key)
  await send('reset-password', key)
  await send('password-changed', {})
  await send('change-address', key)
  await send('address-changed', {})
  await send('person-erased', {})

  const coordinator = await asActor(await cast.coordinator())
  const course = await aCourse({ title: long })
  const dated = await aDatedTraining({ title: long })
  for (let hour = 10; hour < 20; hour++)
    for (const day of ['02', '03', '04', '05'])
      await schedule(
        coordinator,
        dated.id,
        aPlan({ from: `2027-03-${day}T${hour}:00`, to: `2027-03-${day}T${hour}:45`, title: long, outcomes: long }),
      )
  const enrollment = await anEnrollment(dated, person)
  await announce(coordinator, dated.id)
  const sessions = await sql<{ id: string; startsAt: string }>(
    null,
    `select id, published ->> 'startsAt' as "startsAt" from sessions where training_id = $1 order by id`,
    [dated.id],
  )
  const trainingId = dated.id
  const first = [
    await send('agenda-changed', { trainingId, number: 1 }, 'agenda-details'),
    await send('reminder', { kind: 'day', trainingId, sessions }, 'reminder-day'),
  ]
  await send('training-resumed', { trainingId })
  await send('enrollment-confirmed', { enrollmentId: enrollment.id })
  await send('certificate-ready', { enrollmentId: enrollment.id })

  const at = async (status: 'waiting' | 'declined' | 'withdrawn') =>
    (await anEnrollment(await aTraining(course, { title: long }), person, { status })).id
  const waiting = await at('waiting')
  await sql(null, 'update enrollments set offered_until = $2 where id = $1', [waiting, now().add({ hours: 72 })])
  await send('enrollment-waiting', { enrollmentId: waiting })
  await send('place-offered', { enrollmentId: waiting, link: `/offers/${'x'.repeat(32)}` })
  const declined = await at('declined')
  await sql(null, 'update enrollments set decided_reason = $2 where id = $1', [declined, PARAGRAPH.repeat(6)])
  await send('enrollment-declined', { enrollmentId: declined })
  await send('enrollment-withdrawn', { enrollmentId: await at('withdrawn') })

  for (const news of ['postponed', 'canceled'] as const)
    await send(`training-${news}`, { trainingId: (await aTraining(course, { title: long, status: news })).id })
  for (const [kind, role] of [
    ['training-entrusted', 'coordinator'],
    ['training-released', 'trainer'],
  ] as const) {
    if (kind === 'training-entrusted')
      await sql(
        null,
        `insert into role_grants (person_id, role, scope_kind, scope_id, valid_from) values ($1, $2, 'training', $3, $4)`,
        [person.id, role, trainingId, now()],
      )
    await send(kind, { trainingId, role })
  }

  const task = await one<{ id: string }>(
    null,
    `insert into translation_tasks (kind, code, work, person_id, due_on, given_by, given_at)
     values ('assignment', 'RMC-01', 'translation', $1, '2027-03-01', $1, $2) returning id`,
    [person.id, now()],
  )
  await send('translation-given', { taskId: task!.id })

  const tested = await anEnrollment(await aTraining(course, { title: long }), person)
  await passedTest(tested, 60)
  const attempt = (await one<{ id: string }>(null, 'select id from attempts'))!
  await send('test-receipt', { attemptId: attempt.id })
  await send('test-marked', { attemptId: attempt.id })
  await sql(
    null,
    `insert into test_adjustments (enrollment_id, assessment_id, extra_attempts, extra_minutes, opens_at, closes_at, reason, at)
     values ($1, $2, 1, 30, $3, $4, $5, $3)`,
    [tested.id, course.assessmentId, now(), now().add({ hours: 24 }), PARAGRAPH.repeat(20).slice(0, 1000).trim()],
  )
  await send('result-corrected', await aCorrection(tested, course.items[0]!.versionId))
  await send('test-adjusted', { enrollmentId: tested.id, assessmentId: course.assessmentId! })
  for (const kind of ['certificate-issued', 'certificate-revoked'] as const) {
    const other = await anEnrollment(await aTraining(course, { title: long }), person)
    const { id } = await aCertificate(other, { revoked: kind === 'certificate-revoked' })
    await sql(null, 'update certificates set snapshot = $2, revoked_reason = $3 where id = $1', [
      ...[id, JSON.stringify({ title: long }), kind === 'certificate-revoked' ? PARAGRAPH.repeat(10) : null],
    ])
    await sql(null, `insert into certificate_holders (certificate_id, name_latin, name_hash) values ($1, $2, 'x')`, [
      id,
      person.name,
    ])
    await send(kind, { certificateId: id })
  }

  await send('evaluation-results', { trainingId, day: '2027-03-02' })
  // The longest comment, and the longest message.
  const text = PARAGRAPH.repeat(60).slice(0, 5000).trim()
  await lettersOfAssignments(person, send, text)
  await lettersOfStates(person, send, text)

  const bulkMailId = await writeBulkMail(coordinator, trainingId, {
    audience: 'enrolled',
    subject: { en: LONG, ru: LONG },
    body: { en: `${PARAGRAPH.repeat(3)}\n\n`.repeat(18).trim(), ru: `${PARAGRAPH.repeat(3)}\n\n`.repeat(18).trim() },
  })
  await send('bulk', { bulkMailId }, 'group-news')
  await send('daily-digest', { mailIds: first })
  return kinds
}

/** Who reads every letter: their language and a zone far from the host's. */
export const aReader = (locale: 'en' | 'ru') => aPerson({ locale, zone: 'Europe/Rome', name: 'Айгерим <b> & Co' })

/** A regrade that changed the results of somebody who has a certificate, for the longest reason. */
async function aCorrection({ id: enrollmentId }: { id: string }, itemVersionId: string) {
  const regrade = await one<{ id: string }>(
    null,
    `insert into regrades (item_version_id, act, reason, at) values ($1, 'drop', $2, $3) returning id`,
    [itemVersionId, PARAGRAPH.repeat(20).slice(0, 500).trim(), now()],
  )
  await sql(
    null,
    `insert into regraded_attempts select $1, a.id, 80, 100, 80, 60, 100, 60 from attempts a where a.enrollment_id = $2`,
    [regrade!.id, enrollmentId],
  )
  return { regradeId: regrade!.id, enrollmentId }
}
