import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
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

export type Place = {
  id: string
  status: EnrollmentStatus
  eligibleAt: Temporal.Instant | null
  confirmed: Names | null
  issued: boolean
}

/**
 * The learner says which names the certificate is to print. It may be done again until it is issued; the Center's time
 * counts from the last change. The audit line does not repeat the names: it outlives their erasure.
 */
export async function confirmNames(actor: Actor, enrollmentId: string, names: Names): Promise<void> {
  await inTransaction(async () => {
    await one('names.lock', 'select id from enrollments where id = $1 for update', [enrollmentId])
    const place = await one<Place>(
      'names.place',
      `select e.id, e.status, e.eligible_at as "eligibleAt", e.names_confirmed as confirmed,
         exists (select 1 from certificates c where c.person_id = e.person_id and c.training_id = e.training_id) as issued
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
