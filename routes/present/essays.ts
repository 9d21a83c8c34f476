import type { Request } from 'express'
import type { BankComment } from '../../models/commenting.ts'
import {
  type Essay,
  type EssayMark,
  nextEssay,
  type PersonEssay,
  rubricOf,
  signOf,
  type WaitingEssay,
} from '../../models/essay.ts'
import { errorsOf } from '../forms/again.ts'
import type { Kept } from '../request.ts'
import { wordsOf } from './assignments.ts'
import { bankOptions } from './marking.ts'
import { languageName } from './languages.ts'
import { wordsIn } from './words.ts'

type Parts = { essay: Essay; own: EssayMark | null; waiting: WaitingEssay[]; bank: BankComment[]; form: Kept }

/** One essay before its marker: the question with its guidance and the answer on one side, the points on the other. */
export function presentEssay(req: Request, { essay, own, waiting, bank, form }: Parts) {
  const next = nextEssay(waiting, essay.id)
  const other = essay.mark && !own ? essay.mark : null
  return {
    ...answerOf(req, essay),
    base: `/marking/essays/${essay.id}`,
    name: req.t('essays.answer', { number: essay.id }),
    closed: essay.graded ? 'graded' : other?.final ? 'final' : null,
    other: other && markIn(req, essay, other),
    form,
    errorOf: errorsOf(form),
    seen: signOf(essay.mark),
    points: pointsField(req, essay, form),
    savedAt: own?.savedAt ?? null,
    bank: bankOptions(bank),
    left: waiting.length,
    next: next ? `/marking/essays/${next.id}` : null,
  }
}

/** What was asked and answered. */
const answerOf = (req: Request, essay: Essay) => ({
  test: wordsIn(essay.testTitle, req.lang),
  course: `${essay.code}: ${wordsIn(essay.title, req.lang)}`,
  prompt: wordsIn(essay.prompt, req.lang),
  guidance: wordsIn(essay.guidance, req.lang),
  handedInAt: essay.handedInAt,
  body: essay.text,
  words: wordsOf(essay.text),
  lang: essay.language,
  language: languageName(essay.language, req.lang),
})

/** A mark in words. */
export const markIn = (req: Request, { points }: Pick<Essay, 'points'>, mark: EssayMark) => ({
  ...{ name: mark.marker, at: mark.savedAt, comment: mark.comment },
  points:
    mark.levels.points === undefined ? null : req.t('essays.pointsOf', { points: mark.levels.points, max: points }),
})

/** The points to choose from, from none to all. */
function pointsField(req: Request, essay: Essay, form: Kept) {
  const value = form.values['level-points']
  return {
    name: 'level-points',
    legend: req.t('essays.points', { max: essay.points }),
    value: typeof value === 'string' ? value : '',
    error: form.errors.find(({ field }) => field === 'level-points')?.text,
    options: rubricOf(essay)[0]!.levels.map((_, level) => ({ value: String(level), label: String(level) })),
  }
}

type Changing = {
  essay: PersonEssay
  place: { code: string; enrollmentId: string }
  form: Kept
}

/** One essay whose result was told, before who runs the training: the mark there is, and the form that changes it. */
export function presentMarked(req: Request, { essay, place, form }: Changing) {
  const back = `/manage/trainings/${place.code}/test/${place.enrollmentId}`
  return {
    ...answerOf(req, essay),
    ...{ code: place.code, name: essay.learner.name, back, action: `${back}/essays/${essay.id}`, form },
    mark: markIn(req, essay, essay.mark!),
    seen: signOf(essay.mark),
    points: pointsField(req, essay, form),
    errorOf: errorsOf(form),
  }
}
