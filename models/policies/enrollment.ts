import type { EnrollmentStatus } from '../enrollment.ts'
import { no, type Verdict, YES } from '../refused.ts'
import type { Format, TrainingStatus } from '../training.ts'

/** What of a training decides whether people may enroll. Dates are calendar dates in `zone`. */
export type Terms = {
  format: Format
  status: TrainingStatus
  zone: string
  startsOn: string | null
  endsOn: string | null
  enrollUntil: Temporal.Instant | null
  mode: 'open' | 'approval'
  seats: number | null
  /** People enrolled; counted only where seats are limited. */
  taken: number
}

export type Eligibility =
  | { ok: true; leadsTo: Extract<EnrollmentStatus, 'enrolled' | 'waiting' | 'requested'> }
  | Extract<Verdict, { ok: false }>

/**
 * Whether a person may enroll, and what it leads to: a place, the waiting list of a full training, or a request where
 * the Center approves each one. The same answer shows or hides the button and accepts or refuses the post.
 * @param unmet codes of the prerequisites the person has no certificate of
 */
export function eligibility(terms: Terms, unmet: string[], at: Temporal.Instant): Eligibility {
  const closed = enrollmentOpen(terms, at)
  if (!closed.ok) return closed
  if (unmet.length) return no('enrollment.prerequisites', { courses: unmet.join(', '), count: unmet.length })
  if (terms.mode === 'approval') return { ok: true, leadsTo: 'requested' }
  return { ok: true, leadsTo: isFull(terms) ? 'waiting' : 'enrolled' }
}

/** Whether a training takes people at all. */
export function enrollmentOpen(terms: Terms, at: Temporal.Instant): Verdict {
  const today = at.toZonedDateTimeISO(terms.zone).toPlainDate().toString()
  if (terms.status === 'canceled') return no('enrollment.canceled')
  if (terms.status === 'postponed') return no('enrollment.postponed')
  if (terms.status === 'draft') return no('enrollment.notYet')
  if (isOver(terms, today)) return no('enrollment.over')
  if (terms.enrollUntil) return Temporal.Instant.compare(terms.enrollUntil, at) > 0 ? YES : no('enrollment.deadline')
  if (terms.format !== 'self_paced' && terms.startsOn && terms.startsOn < today) return no('enrollment.started')
  return YES
}

/** Whether a training has ended. `today` in its zone. */
export const isOver = (terms: Pick<Terms, 'status' | 'endsOn'>, today: string): boolean =>
  terms.status === 'closed' || (terms.endsOn !== null && terms.endsOn < today)

export const isFull = ({ seats, taken }: Pick<Terms, 'seats' | 'taken'>): boolean => seats !== null && taken >= seats

/** Whether a person may give back their place. A certificate already issued keeps it. */
export function withdrawal(terms: Terms, facts: { certified: boolean }, at: Temporal.Instant): Verdict {
  if (facts.certified) return no('enrollment.certified')
  const today = at.toZonedDateTimeISO(terms.zone).toPlainDate().toString()
  if (terms.status === 'canceled' || isOver(terms, today)) return no('enrollment.nothingToWithdraw')
  return YES
}
