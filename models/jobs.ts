import { type Enqueueing, enqueue } from '../lib/queue.ts'

/** What can happen later, and what each needs. Handlers: server/jobs/index.ts, which does not compile without one. */
export type Jobs = {
  'mail.send': { mailId: string }
  'sign-in-sessions.sweep': Record<string, never>
  'attempts.close-overdue': Record<string, never>
  'sessions.recompute': Record<string, never>
  'training.tell': { trainingId: string; news: 'postponed' | 'canceled' | 'resumed' }
  'trainings.turn': Record<string, never>
  'trainings.recheck': { trainingId: string }
  'regrades.tell': { regradeId: string }
  'offers.pass-on': Record<string, never>
  'agenda.tell': { trainingId: string; number: number; resumed?: boolean }
  'evaluations.tell': Record<string, never>
  'materials.sweep': Record<string, never>
  'files.forget': { sha256s: string[] }
  'reminders.make': Record<string, never>
  'mails.digest': Record<string, never>
}

export type JobName = keyof Jobs

/** Queues a job in the ambient transaction. */
export const later = <Name extends JobName>(name: Name, payload: Jobs[Name], options?: Enqueueing) =>
  enqueue(name, payload, options)
