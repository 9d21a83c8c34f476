import type { Actor } from '../actor.ts'
import type { EnrollmentStatus } from '../enrollment.ts'
import { no, type Verdict, YES } from '../refused.ts'
import type { TrainingStatus } from '../training.ts'

/** Whether a page of the training is there for this actor: drafts are there for the Center and those in charge of them. */
export const seesTraining = (actor: Actor, training: { id: string; status: TrainingStatus }): boolean =>
  training.status !== 'draft' || actor.staff || actor.is('coordinator', { kind: 'training', id: training.id })

/**
 * Whether the actor reads lessons by their work: staff, editors and translators everywhere, trainers too; who is in
 * charge of a training reads its own.
 */
export function readsByWork(actor: Actor, training: { id: string }): boolean {
  const scope = { kind: 'training', id: training.id } as const
  return (
    actor.staff ||
    actor.is('coordinator', scope) ||
    actor.is('content_editor') ||
    actor.is('translator', scope) ||
    actor.is('trainer', scope) ||
    actor.is('assessor', scope)
  )
}

/** Whether the actor may open the lessons: those enrolled, and those whose work it is. */
export function mayRead(actor: Actor, training: { id: string; own: EnrollmentStatus | null }): Verdict {
  if (training.own === 'enrolled' || readsByWork(actor, training)) return YES
  if (training.own === 'waiting') return no('lessons.waiting')
  if (training.own === 'requested') return no('lessons.requested')
  return no('lessons.notEnrolled')
}
