import { brokenConstraint, inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { attend, lockSession } from './attending.ts'
import { record, transition } from './audit.ts'
import { lockTraining } from './enrolling.ts'
import type { EnrollmentStatus } from './enrollment.ts'
import { nameKey } from './name-keys.ts'
import { notify, recipient } from './notifying.ts'
import { Refused } from './refused.ts'

/** Somebody who is in the room and not on the list, as they say who they are. */
export type WalkIn = {
  email: string | null
  nameLatin: string
  country: string | null
  organization: string | null
  /** Said after the question: somebody else of the training has the same name. */
  another: boolean
}

/**
 * Puts somebody who came without a place into the training and marks them present. An address the Center knows is that
 * person, silently: what was typed beside it changes nothing of theirs. Nobody is in a training twice. Full or not: they
 * were there, and the pages of the coordinator say when there are more people than places.
 * @returns the place
 * @throws Refused when somebody of the same name is in the training (`attendance.sameName`), or attendance cannot be taken
 */
export function walkIn(actor: Actor, trainingId: string, sessionId: string, guest: WalkIn): Promise<string> {
  return inTransaction(async () => {
    // The training first: two who enter the same person at once come here one after the other.
    const training = await lockTraining(trainingId)
    await lockSession(sessionId)
    const known = guest.email ? await personAt(guest.email) : undefined
    const namesake = known ? undefined : await sameNameIn(trainingId, guest)
    if (namesake && !guest.another)
      throw new Refused('attendance.sameName', { field: 'nameLatin', name: namesake.name })
    const personId = known ?? (await newPerson(actor, guest, training.zone))
    const enrollmentId = await place(actor, training, personId)
    await attend(actor, sessionId, [{ enrollmentId, status: 'present', seen: 0 }], { source: 'walk_in' })
    await record(actor, 'attendance.walk-in', 'enrollment', enrollmentId, { session: sessionId, known: Boolean(known) })
    return enrollmentId
  })
}

async function personAt(email: string): Promise<string | undefined> {
  const row = await one<{ id: string }>(
    'walk-in.person',
    `select p.id from people p left join accounts a on a.person_id = p.id
     where p.erased_at is null and (a.email = $1::citext or p.contact_email = $1::citext) order by a.id nulls last limit 1`,
    [email],
  )
  return row?.id
}

async function sameNameIn(trainingId: string, { nameLatin }: WalkIn): Promise<{ name: string } | undefined> {
  const rows = await sql<{ name: string }>(
    'walk-in.names',
    `select p.name_latin as name from enrollments e join people p on p.id = e.person_id
     where e.training_id = $1 and e.status = 'enrolled' and p.name_latin is not null`,
    [trainingId],
  )
  const key = nameKey(nameLatin)
  return rows.find(row => nameKey(row.name) === key)
}

async function newPerson(actor: Actor, guest: WalkIn, zone: string): Promise<string> {
  const { nameLatin, country, organization, email } = guest
  try {
    const row = await one<{ id: string }>(
      'walk-in.add',
      `insert into people (name_latin, country, organization, contact_email, locale, zone, created_at)
       values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [nameLatin, country, organization, email, actor.locale, zone, now()],
    )
    await record(actor, 'person.entered', 'person', row!.id)
    return row!.id
  } catch (error) {
    // Another training has entered the same address at this moment.
    if (brokenConstraint(error) === 'people_contact_email') throw new Refused('attendance.again')
    throw error
  }
}

async function place(
  actor: Actor,
  training: { id: string; courseVersionId: string },
  personId: string,
): Promise<string> {
  const before = await one<{ id: string; status: EnrollmentStatus }>(
    'walk-in.before',
    `select id, status from enrollments where training_id = $1 and person_id = $2
     order by status in ('requested', 'waiting', 'enrolled') desc, id desc limit 1 for update`,
    [training.id, personId],
  )
  if (before?.status === 'enrolled') return before.id
  const id = before ? await again(before.id) : await fresh(training, personId)
  await transition('enrollment', id, before?.status ?? null, 'enrolled', actor, 'came without a place')
  const to = await recipient(personId)
  if (to) await notify(to, 'enrollment-confirmed', `enrollment:${id}:walk-in`, { enrollmentId: id })
  return id
}

async function again(id: string): Promise<string> {
  await sql(
    'walk-in.again',
    `update enrollments set status = 'enrolled', source = 'walk_in', offered_until = null, offer_hash = null where id = $1`,
    [id],
  )
  return id
}

async function fresh(training: { id: string; courseVersionId: string }, personId: string): Promise<string> {
  const row = await one<{ id: string }>(
    'walk-in.place',
    `insert into enrollments (training_id, person_id, course_version_id, source, status, country, agency_type, sex, created_at)
     select $1, p.id, $3, 'walk_in', 'enrolled', p.country, p.agency_type, p.sex, $4 from people p where p.id = $2
     returning id`,
    [training.id, personId, training.courseVersionId, now()],
  )
  return row!.id
}
