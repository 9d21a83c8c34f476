import { now } from '../lib/time.ts'
import type { Standing } from './completing.ts'
import { gateOf } from './evaluating.ts'
import type { LessonStep, MyEnrollment } from './my-learning.ts'

/**
 * What waits for a learner in one enrollment. Kinds in the order in which they cannot wait: an open attempt runs out of
 * time, a name to confirm holds up a certificate, then the work itself, then what others have to do first.
 */
export type Step =
  | { kind: 'attempt'; deadlineAt: Temporal.Instant | null }
  | { kind: 'names' }
  | { kind: 'lesson'; lesson: LessonStep; first: boolean }
  | { kind: 'test'; best: number | null }
  /** Handed in: people have to mark answers of it. */
  | { kind: 'test-in' }
  | { kind: 'assignment' }
  | { kind: 'evaluation' }
  | { kind: 'evaluation-later' }
  | { kind: 'attempts-used' }
  /** Handed in: others have to mark it, or it was released and is not enough. */
  | { kind: 'assignment-in' | 'assignment-not-passed' }
  /** What is left is to be there: at sessions to come, or no longer to be made good. */
  | { kind: 'attendance' | 'attendance-lost' }
  | { kind: 'issuing' }
  | { kind: 'waiting' }
  | { kind: 'requested' }
  | { kind: 'certified' }

const ORDER: Step['kind'][] = [
  'attempt',
  'names',
  'lesson',
  'test',
  'assignment',
  'evaluation',
  'attempts-used',
  'test-in',
  'assignment-not-passed',
  'assignment-in',
  'attendance-lost',
  'attendance',
  'evaluation-later',
  'issuing',
  'waiting',
  'requested',
  'certified',
]

/** The next step of one enrollment. */
export function stepOf(enrollment: MyEnrollment, standing: Standing, lessons: LessonStep[]): Step {
  const { status, attempts } = enrollment
  if (status === 'waiting' || status === 'requested') return { kind: status }
  if (attempts.open) return { kind: 'attempt', deadlineAt: attempts.deadlineAt }
  if (enrollment.certificateIssuedAt) return { kind: 'certified' }
  if (!standing.missing.length) return enrollment.namesConfirmedAt ? { kind: 'issuing' } : { kind: 'names' }
  return stepFor(standing, enrollment, lessons)
}

function stepFor(standing: Standing, enrollment: MyEnrollment, lessons: LessonStep[]): Step {
  const { missing } = standing
  const { attempts } = enrollment
  const lesson = lessons.find(each => !each.done)
  if (lesson && missing.some(each => each.what === 'lessons'))
    return { kind: 'lesson', lesson, first: !lessons.some(each => each.done) }
  const test = missing.find(each => each.what === 'test')
  if (test && !test.waiting && (attempts.allowed === null || attempts.used < attempts.allowed))
    return { kind: 'test', best: test.best }
  const assignment = missing.find(each => each.what === 'assignment')
  if (assignment && !assignment.handedIn) return { kind: 'assignment' }
  const evaluation = missing.some(each => each.what === 'evaluation')
  if (evaluation && opens(enrollment, standing)) return { kind: 'evaluation' }
  const attendance = missing.find(each => each.what === 'attendance')
  if (attendance && !test) return { kind: attendance.stillPossible ? 'attendance' : 'attendance-lost' }
  if (assignment && !test) return { kind: assignment.percent === null ? 'assignment-in' : 'assignment-not-passed' }
  if (test?.waiting) return { kind: 'test-in' }
  return { kind: evaluation && !test ? 'evaluation-later' : 'attempts-used' }
}

/** Whether the form about the whole is open by the time; lessons stand before it in the order of steps. */
function opens({ format, zone, endsOn, lastBegins }: MyEnrollment, { facts: { lessons } }: Standing): boolean {
  const gate = gateOf({ format, zone, endsOn, lastBegins, lessons: lessons.total, lessonsDone: lessons.done })
  return !gate.opensAt || Temporal.Instant.compare(gate.opensAt, now()) <= 0
}

/** The enrollment whose step comes before all others: by kind, then the one worked on last. */
export function firstOf<Line extends { enrollment: MyEnrollment; step: Step }>(lines: Line[]): Line | undefined {
  return lines.toSorted(
    (a, b) =>
      ORDER.indexOf(a.step.kind) - ORDER.indexOf(b.step.kind) ||
      Temporal.Instant.compare(touched(b.enrollment), touched(a.enrollment)),
  )[0]
}

const touched = ({ lastFinishedAt, createdAt }: MyEnrollment) => lastFinishedAt ?? createdAt
