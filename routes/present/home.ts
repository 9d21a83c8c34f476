import type { Request } from 'express'
import { now } from '../../lib/time.ts'
import { issueBy, type Standing } from '../../models/completing.ts'
import type { OpenDay } from '../../models/evaluating-days.ts'
import type { Duties } from '../../models/duties.ts'
import type { LessonStep, MyEnrollment } from '../../models/my-learning.ts'
import { firstOf, type Step, stepOf } from '../../models/next-step.ts'
import type { OwnWindow } from '../../models/showing-codes.ts'
import { dayLines } from './evaluations.ts'
import { dutiesPage } from './duties.ts'
import { missingWords } from './standing.ts'
import { wordsIn } from './words.ts'

type Parts = {
  enrollments: MyEnrollment[]
  standings: Map<string, Standing>
  lessons: LessonStep[]
  duties: Duties | null
  days: OpenDay[]
  windows: OwnWindow[]
}

type Line = { enrollment: MyEnrollment; standing: Standing; steps: LessonStep[]; step: Step }

/** A person's page: first what waits for them, then what is in progress, then what is finished. */
export function homePage(req: Request, { enrollments, standings, lessons, duties, windows, days }: Parts) {
  const lines = enrollments.map(enrollment => {
    const steps = lessons.filter(lesson => lesson.enrollmentId === enrollment.id)
    const standing = standings.get(enrollment.id)!
    return { enrollment, standing, steps, step: stepOf(enrollment, standing, steps) }
  })
  const open = lines.filter(line => line.step.kind !== 'certified')
  const first = firstOf(open)
  return {
    codes: windows
      .filter(each => !each.marked)
      .map(each => ({
        title: req.t('home.code.title', { title: wordsIn(each.title, req.lang) }),
        closesAt: each.closesAt,
        action: { label: req.t('home.code.act'), href: `/${req.lang}/trainings/${each.code}/attendance` },
      })),
    next: first ? nextBlock(req, first) : null,
    days: dayLines(req, days),
    open: open.map(line => openLine(req, line, line === first)),
    finished: lines
      .filter(line => line.step.kind === 'certified')
      .map(({ enrollment }) => ({ ...title(req, enrollment), issuedAt: enrollment.certificateIssuedAt })),
    duties: duties && dutiesPage(req, duties),
  }
}

/** What waits for this person, with its date and one act. The view writes the dates in words. */
function nextBlock(req: Request, { enrollment, step, steps }: Line) {
  const name = wordsIn(enrollment.title, req.lang)
  const deadline = step.kind === 'attempt' ? step.deadlineAt : null
  return {
    title: req.t(`home.next.${key(step)}`, { title: name }),
    text: nextText(req, step, steps, name),
    deadlineAt: deadline,
    issueBy: step.kind === 'issuing' ? promised(enrollment) : null,
    startsOn: isAhead(enrollment) ? enrollment.startsOn : null,
    due: step.kind === 'attempt' || step.kind === 'names',
    action: actOf(req, enrollment, step),
  }
}

const key = (step: Step) => (step.kind === 'lesson' ? (step.first ? 'lessonFirst' : 'lesson') : step.kind)

function nextText(req: Request, step: Step, steps: LessonStep[], title: string): string {
  if (step.kind !== 'lesson') return req.t(`home.nextText.${step.kind}`, { title })
  const lesson = wordsIn(step.lesson.title, req.lang)
  const number = steps.indexOf(step.lesson) + 1
  const { minutes } = step.lesson
  const where = req.t('home.nextText.lesson', { lesson, number, total: steps.length })
  return minutes ? `${where} ${req.t('home.nextText.minutes', { count: minutes })}` : where
}

function actOf(req: Request, { code, id }: MyEnrollment, step: Step) {
  const base = `/${req.lang}/trainings/${code}`
  const act = (name: string, href: string) => ({ label: req.t(`home.act.${name}`), href })
  switch (step.kind) {
    case 'lesson':
      return act(step.first ? 'begin' : 'continue', `${base}/lessons/${step.lesson.code}`)
    case 'attempt':
      return act('attempt', `${base}/test`)
    case 'test':
      return act('test', `${base}/test`)
    case 'test-in':
      return act('testIn', `${base}/test`)
    case 'assignment':
    case 'assignment-in':
    case 'assignment-not-passed':
      return act('assignment', `${base}/assignment`)
    case 'evaluation':
      return act('evaluation', `${base}/evaluation`)
    case 'names':
      return act('names', `/${req.lang}/enrollments/${id}/names`)
    default:
      return act('training', base)
  }
}

/** The day by which the Center issues: its working days run once all is done and the name is confirmed. */
function promised({ eligibleAt, namesConfirmedAt, issueWithinDays }: MyEnrollment): string | null {
  if (!eligibleAt || !namesConfirmedAt) return null
  const from = Temporal.Instant.compare(eligibleAt, namesConfirmedAt) > 0 ? eligibleAt : namesConfirmedAt
  return issueBy(from, issueWithinDays).toString()
}

const isAhead = ({ startsOn, zone, status }: MyEnrollment) =>
  status === 'enrolled' && startsOn !== null && startsOn > now().toZonedDateTimeISO(zone).toPlainDate().toString()

function title(req: Request, { code, title: words }: MyEnrollment) {
  return { code, title: wordsIn(words, req.lang), href: `/${req.lang}/trainings/${code}` }
}

function openLine(req: Request, { enrollment, standing, steps, step }: Line, isFirst: boolean) {
  const enrolled = enrollment.status === 'enrolled'
  const current = steps.find(each => !each.done)
  return {
    ...title(req, enrollment),
    isFirst,
    enrolled,
    state: enrolled ? null : req.t(`trainings.own.${enrollment.status}`),
    startsOn: isAhead(enrollment) ? enrollment.startsOn : null,
    steps: enrolled
      ? steps.map(each => ({
          label: wordsIn(each.title, req.lang),
          state: each.done ? 'done' : each === current ? 'current' : 'todo',
          word: each === current ? req.t('trainings.lessonNext') : undefined,
          href: `/${req.lang}/trainings/${enrollment.code}/lessons/${each.code}`,
        }))
      : [],
    progress: steps.length
      ? req.t('home.progress', { done: steps.filter(each => each.done).length, count: steps.length })
      : null,
    missing: enrolled ? missingWords(req, standing.missing) : [],
    complete: enrolled && standing.missing.length === 0,
    namesConfirmed: enrollment.namesConfirmedAt !== null,
    names: `/${req.lang}/enrollments/${enrollment.id}/names`,
    issueBy: promised(enrollment),
    attemptsUsed: step.kind === 'attempts-used',
    action: isFirst ? null : actOf(req, enrollment, step),
  }
}
