import type { Actor } from '../actor.ts'
import { no, type Verdict, YES } from '../refused.ts'
import type { Format, TrainingStatus } from '../training.ts'

type Known = { id: string; status: TrainingStatus }

/** Whether the actor runs this training: coordinators and the director of the Center, and who is in charge of it alone. */
export const runs = (actor: Actor, training: { id: string }): boolean =>
  actor.is('coordinator', { kind: 'training', id: training.id }) || actor.is('director')

/** Whether the pages of a training from the side of those who run it are there for this actor. */
export const seesRunning = (actor: Actor, training: { id: string }): boolean => actor.staff || runs(actor, training)

/** Ids of trainings this actor runs without being the Center's staff; null for staff, who see all. */
export const ownToRun = (actor: Actor): string[] | null =>
  actor.staff
    ? null
    : actor.grants.flatMap(({ role, scopeKind, scopeId }) =>
        role === 'coordinator' && scopeKind === 'training' ? [scopeId] : [],
      )

/** Whether a new training may be opened by this actor. */
export const opens = (actor: Actor): boolean => actor.is('coordinator') || actor.is('director')

/** Steps of a training's life, and from where each may be taken. */
export const STEPS = {
  published: ['draft', 'postponed'],
  running: ['published'],
  closed: ['published', 'running'],
  postponed: ['published'],
  canceled: ['draft', 'published', 'running', 'postponed'],
} as const satisfies Partial<Record<TrainingStatus, TrainingStatus[]>>

export type Step = keyof typeof STEPS

/** Whether a training may take a step of its life now. */
export function step(training: Known, to: Step): Verdict {
  return (STEPS[to] as readonly TrainingStatus[]).includes(training.status) ? YES : no(`training.step.${to}`)
}

/** What a training must have to be seen by people: nothing of the Center's own is public in one language only. */
export type Readiness = {
  format: Format
  /** Own title and place, where given. */
  title: { en?: string; ru?: string } | null
  place: { en?: string; ru?: string } | null
  startsOn: string | null
  endsOn: string | null
  /** Courses without lessons need an agenda; a course version must be published. */
  lessons: number
  sessions: number
  coursePublished: boolean
  signatories: number
  /** People, rooms and links the agenda asks for and does not hold. */
  notHeld: number
}

/** What is missing before publishing, as keys under `trainings.missing`; nothing means ready. */
export function missingToPublish(facts: Readiness): string[] {
  const both = (words: { en?: string; ru?: string } | null) => !words || Boolean(words.en?.trim() && words.ru?.trim())
  const missing = []
  if (!both(facts.title)) missing.push('title')
  if (!both(facts.place)) missing.push('place')
  if (facts.format === 'on_site' && !facts.place) missing.push('placeOnSite')
  if (facts.format !== 'self_paced' && !(facts.startsOn && facts.endsOn)) missing.push('dates')
  if (!facts.coursePublished) missing.push('course')
  if (!facts.lessons && !facts.sessions) missing.push('agenda')
  if (!facts.signatories) missing.push('signatories')
  if (facts.notHeld) missing.push('notHeld')
  return missing
}
