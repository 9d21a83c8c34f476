import type { Request } from 'express'
import type { Standing } from '../../models/completing.ts'
import { directionOf } from '../../models/official-languages.ts'
import { type Filter, type Offer, type OfferCount, type Prerequisite, type When, WHENS } from '../../models/offering.ts'
import type { CardIn } from '../../models/reading-languages.ts'
import { bytesIn, type LessonLine } from '../../models/reading.ts'
import { prerequisiteLine } from './courses.ts'
import { languageName } from './languages.ts'
import { attendanceWords, missingWords } from './standing.ts'
import { actOf, offerLine, readsAsWork } from './trainings.ts'
import { wordsIn } from './words.ts'

type Parts = {
  training: Offer
  prerequisites: Prerequisite[]
  lessons: LessonLine[]
  standing: Standing | null
  place: number | null
  /** Whether the form about the whole is open to this learner now. */
  judges: boolean
}

/** The page of one training. */
export function trainingPage(req: Request, { training, prerequisites, lessons, standing, place, judges }: Parts) {
  const line = offerLine(req, training)
  const base = line.href
  const enrolled = training.own === 'enrolled'
  const byWork = readsAsWork(req, training)
  const nextLesson = lessons.find(lesson => !lesson.finishedAt)
  return {
    ...line,
    aim: wordsIn(training.aim, req.lang),
    act: training.own ? null : actOf(req, training, prerequisites),
    prerequisites: prerequisites.map(each => prerequisiteLine(req, each)),
    enrolled,
    byWork,
    place,
    agenda: training.agendaNumber > 0 ? `${base}/agenda` : null,
    withdrawal: training.own ? `${base}/enrollment/withdrawal` : null,
    lessons: lessons.map(lesson => ({
      label: wordsIn(lesson.title, req.lang),
      state: lesson.finishedAt ? 'done' : enrolled && lesson === nextLesson ? 'current' : 'todo',
      word: enrolled && lesson === nextLesson && !lesson.finishedAt ? req.t('trainings.lessonNext') : undefined,
      note: lesson.minutes ? req.t('lessons.minutes', { count: lesson.minutes }) : undefined,
      href: enrolled || byWork ? `${base}/lessons/${lesson.code}` : undefined,
    })),
    next: enrolled && standing ? nextAct(req, base, standing, lessons, judges) : null,
    nextText: enrolled && nextLesson ? nextText(req, nextLesson, lessons) : undefined,
    missing: standing ? missingWords(req, standing.missing) : [],
    assignment: enrolled && standing?.facts.assignment ? `${base}/assignment` : null,
    measures: standing?.measured ? measureLinks(req, base) : [],
    attendance: enrolled && standing ? ownAttendance(req, base, standing) : null,
    complete: standing !== null && standing.missing.length === 0,
    hasTest: standing?.facts.test.exists ?? false,
    reading:
      (enrolled || byWork) && lessons.length
        ? { href: `${base}/reading`, size: Math.ceil(bytesIn(lessons) / 1024) }
        : null,
  }
}

/** What the course is for, in each language agreed for the training, marked up as such. */
export const cardsOf = (cards: CardIn[]) =>
  cards.map(({ language, texts: { title = '', ...texts } }) => ({
    ...{ language, title, dir: directionOf(language), name: languageName(language, language) },
    texts: ['aim', 'audience', 'summary'].flatMap(field => texts[field] ?? []),
  }))

/** The ways to what is asked before and after. */
const measureLinks = (req: Request, base: string) =>
  ['pre', 'post'].map(kind => ({ href: `${base}/${kind}-test`, label: req.t(`attempts.measure.link.${kind}`) }))

/** How much of the time the learner was there; nothing where no session counts. */
function ownAttendance(req: Request, base: string, { facts, rules }: Standing) {
  if (!facts.attendance) return null
  return { href: `${base}/attendance`, text: attendanceWords(req, rules, facts.attendance) }
}

/** The one button of an enrolled learner: what comes next in this training. */
function nextAct(req: Request, base: string, { missing }: Standing, lessons: LessonLine[], judges: boolean) {
  const lesson = lessons.find(each => !each.finishedAt)
  const act = (key: string, href: string) => ({ label: req.t(`home.act.${key}`), href })
  if (lesson && missing.some(each => each.what === 'lessons'))
    return act(lessons.some(each => each.finishedAt) ? 'continue' : 'begin', `${base}/lessons/${lesson.code}`)
  if (missing.some(each => each.what === 'test' && !each.waiting)) return act('test', `${base}/test`)
  if (missing.some(each => each.what === 'assignment' && !each.handedIn)) return act('assignment', `${base}/assignment`)
  if (judges) return act('evaluation', `${base}/evaluation`)
  return act('home', `/${req.lang}/home`)
}

function nextText(req: Request, lesson: LessonLine, lessons: LessonLine[]): string {
  const number = lessons.indexOf(lesson) + 1
  return req.t('home.nextText.lesson', { lesson: wordsIn(lesson.title, req.lang), number, total: lessons.length })
}

/** The filters of the list of trainings, each with how many it leads to. */
export function filtersOf(req: Request, counts: OfferCount[], filter: Filter) {
  const total = (change: Partial<Filter>) => {
    const { when, course, format } = { ...filter, ...change }
    return counts
      .filter(row => row.when === when && (!course || row.course === course) && (!format || row.format === format))
      .reduce((sum, row) => sum + row.n, 0)
  }
  const link = (change: Partial<Filter>) => addressOf(req, { ...filter, ...change })
  const item = (label: string, change: Partial<Filter>, current: boolean, all = false) => ({
    ...{ label, href: link(change), current, all },
    ...(all ? {} : { count: total(change) }),
  })
  const courses = [...new Map(counts.map(row => [row.course, row.title]))].toSorted(([a], [b]) => a.localeCompare(b))
  const formats = [...new Set(counts.map(row => row.format))].toSorted()
  const all = req.t('components.filters.all')
  return {
    when: filter.when,
    count: total({}),
    whens: WHENS.map((when: When) => item(req.t(`trainings.when.${when}`), { when }, filter.when === when)),
    filters: [
      {
        title: req.t('trainings.filters.course'),
        items: [
          item(all, { course: null }, !filter.course, true),
          ...courses.map(([code, title]) =>
            item(`${code}. ${wordsIn(title, req.lang)}`, { course: code }, filter.course === code),
          ),
        ],
      },
      {
        title: req.t('courses.filters.format'),
        items: [
          item(all, { format: null }, !filter.format, true),
          ...formats.map(format => item(req.t(`courses.formats.${format}`), { format }, filter.format === format)),
        ],
      },
    ].filter(group => group.items.length > 2 || group.items.some(each => each.current && !each.all)),
    clear: link({ course: null, format: null }),
    narrowed: filter.course !== null || filter.format !== null,
  }
}

/** The address of the list of trainings with these filters. */
export function addressOf(req: Request, { when, course, format }: Filter, more: Record<string, string> = {}): string {
  const chosen = { when: when === 'open' ? null : when, course, format, ...more }
  const query = new URLSearchParams(Object.entries(chosen).filter((pair): pair is [string, string] => Boolean(pair[1])))
  return `/${req.lang}/trainings${query.size ? `?${query}` : ''}`
}
