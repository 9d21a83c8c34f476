import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import type { CertificateKind } from './certificate.ts'
import type { Words } from './course.ts'
import type { EnrollmentStatus, Names } from './enrollment.ts'
import { insist, no, Refused, type Verdict, YES } from './refused.ts'

/** Whether names can be confirmed now: every rule is met and no certificate has been issued yet. */
export function confirmable(place: {
  status: EnrollmentStatus
  eligibleAt: Temporal.Instant | null
  issued: boolean
}): Verdict {
  if (place.issued) return no('certificate.issuedAlready')
  if (place.status !== 'enrolled' || !place.eligibleAt) return no('certificate.notEligible')
  return YES
}

/** An enrollment with all that its page of names shows. */
export type NamesPlace = {
  id: string
  status: EnrollmentStatus
  eligibleAt: Temporal.Instant | null
  confirmed: Names | null
  confirmedAt: Temporal.Instant | null
  issued: boolean
  kind: CertificateKind
  title: Words
  issueWithinDays: number
  person: { latin: string; cyrillic: string | null; own: string | null; ownScript: string | null }
}

/** The actor's own enrollment: nobody else says how a person's name is printed, staff neither. */
export const namesPlace = (actor: Actor, enrollmentId: string) =>
  one<NamesPlace>(
    'names.page',
    `select e.id, e.status, e.eligible_at as "eligibleAt", e.names_confirmed as confirmed,
       e.names_confirmed_at as "confirmedAt", ${ISSUED} as issued, v.rules->>'kind' as kind, v.title,
       t.issue_within_days as "issueWithinDays", jsonb_build_object('latin', p.name_latin, 'cyrillic', p.name_cyrillic,
         'own', p.name_own, 'ownScript', p.name_own_script) as person
     from enrollments e join people p on p.id = e.person_id join trainings t on t.id = e.training_id
     join course_versions v on v.id = e.course_version_id where e.id = $1 and e.person_id = $2`,
    [enrollmentId, actor.id],
  )

/** For the letter that asks to confirm: the course and the Center's time; undefined when there is nothing to ask any more. */
export const certificateToName = (enrollmentId: string) =>
  one<{ title: Words; days: number }>(
    'names.letter',
    `select v.title, t.issue_within_days as days from enrollments e join trainings t on t.id = e.training_id
     join course_versions v on v.id = e.course_version_id
     where e.id = $1 and e.status = 'enrolled' and e.names_confirmed_at is null and not ${ISSUED}`,
    [enrollmentId],
  )

// What somebody taught is certified beside what they learned.
const ISSUED = `exists (select 1 from certificates c where c.person_id = e.person_id and c.training_id = e.training_id
  and c.kind <> 'contribution')`

/**
 * The learner says which names the certificate is to print. It may be done again until it is issued; the Center's time
 * counts from the last change. The audit line does not repeat the names: it outlives their erasure.
 */
export async function confirmNames(actor: Actor, enrollmentId: string, names: Names): Promise<void> {
  await inTransaction(async () => {
    await one('names.lock', 'select id from enrollments where id = $1 for update', [enrollmentId])
    const place = await one<Pick<NamesPlace, 'status' | 'eligibleAt' | 'confirmed' | 'issued'>>(
      'names.place',
      `select e.status, e.eligible_at as "eligibleAt", e.names_confirmed as confirmed, ${ISSUED} as issued
       from enrollments e where e.id = $1 and e.person_id = $2`,
      [enrollmentId, actor.id],
    )
    if (!place) throw new Refused('certificate.notEligible')
    insist(confirmable(place))
    if (sameNames(place.confirmed, names)) return
    await sql('names.confirm', 'update enrollments set names_confirmed = $2, names_confirmed_at = $3 where id = $1', [
      enrollmentId,
      JSON.stringify(names),
      now(),
    ])
    const printed = Object.keys(names).filter(key => key !== 'ownScript')
    await record(actor, 'enrollment.names-confirmed', 'enrollment', enrollmentId, { printed })
  })
}

const sameNames = (a: Names | null, b: Names) =>
  a !== null && a.latin === b.latin && a.cyrillic === b.cyrillic && a.own === b.own
