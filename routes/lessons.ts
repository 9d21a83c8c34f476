import { type Request, type Response, Router } from 'express'
import { standingOf } from '../models/completing.ts'
import { filesLedTo } from '../models/module-file.ts'
import type { Offer } from '../models/offering.ts'
import { mayRead } from '../models/policies/training.ts'
import { finishLesson, mayFinish } from '../models/progressing.ts'
import { chooseReadingLanguage, readingOf } from '../models/reading-languages.ts'
import { correctionsOf, type LessonLine, lessonsOf, sourcesOf, textOf, textsOf } from '../models/reading.ts'
import { canonicalCode } from './canonical.ts'
import { formOf, orAgain } from './forms/again.ts'
import { found, signedIn } from './guards.ts'
import { languageChoice, lessonPage, readingPage } from './present/lessons.ts'
import { showTraining, visibleTraining } from './trainings.ts'

export const lessons = Router()

type Coded = Request<{ code: string }>
type OfLesson = Request<{ code: string; lesson: string }>

const PATH = '/trainings/:code/lessons/:lesson'

lessons.get('/trainings/:code/reading', signedIn, async (req: Coded, res: Response) => {
  const training = await readableTraining(req, res)
  if (!training) return
  const lines = await lessonsOf(training.courseVersionId, training.ownId)
  await found(lines[0])
  const reading = await readingOf(req.actor, training, req.lang)
  const texts = await textsOf(training.courseVersionId, reading.languages)
  const sources = await sourcesOf(texts.flatMap(text => [...text.sourceIds, ...text.further]))
  const files = await filesLedTo(texts.map(({ html }) => html))
  res.render('lessons/reading', { page: readingPage(req, { training, lines, texts, sources, files, reading }) })
})

lessons.get(PATH, signedIn, show)
lessons.get(`${PATH}/progress`, signedIn, show)
lessons.get(`${PATH}/language`, signedIn, show)

lessons.post(`${PATH}/language`, signedIn, async (req: OfLesson, res: Response) => {
  const training = await readableTraining(req, res)
  if (!training) return
  const lines = await lessonsOf(training.courseVersionId, training.ownId)
  const { code } = await found(lineOf(lines, req))
  const act = () => chooseReadingLanguage(req.actor, training, String(req.body.language ?? ''))
  if (await orAgain(req, res, show as never, act))
    res.redirect(303, `/${req.lang}/trainings/${training.code}/lessons/${code}`)
})

lessons.post(`${PATH}/progress`, signedIn, async (req: OfLesson, res: Response) => {
  const training = await readableTraining(req, res)
  if (!training) return
  const lines = await lessonsOf(training.courseVersionId, training.ownId)
  const lesson = await found(lineOf(lines, req))
  if (!(await orAgain(req, res, show as never, () => finishLesson(req.actor, training.ownId ?? '0', lesson.id)))) return
  res.redirect(303, await whereNext(req, training, lines, lesson))
})

async function show(req: OfLesson, res: Response) {
  const training = await readableTraining(req, res)
  if (!training || canonicalCode(req, res, training.code)) return
  const reading = await readingOf(req.actor, training, req.lang)
  const lines = await lessonsOf(training.courseVersionId, training.ownId, reading.languages)
  const line = await found(lineOf(lines, req))
  const text = await found(textOf(line.versionId, reading.languages))
  const sources = await sourcesOf([...text.sourceIds, ...text.further])
  const files = await filesLedTo([text.html])
  const corrections = await correctionsOf(training.ownId)
  res.render('lessons/show', {
    page: {
      ...lessonPage(req, { training, lines, line, text, sources, files, corrections, reading }),
      choice: languageChoice(req, training, reading),
      canFinish: mayFinish({ own: training.own, status: training.status }).ok,
      problems: formOf(req).errors,
    },
  })
}

/** The training whose lessons this actor may read; others are shown the training and the reason. */
async function readableTraining(req: Coded, res: Response): Promise<Offer | undefined> {
  const training = await visibleTraining(req)
  const verdict = mayRead(req.actor, training)
  if (verdict.ok) return training
  res.status(403)
  await showTraining(req, res, training, req.t(`refusals.${verdict.reason}`))
}

const lineOf = (lines: LessonLine[], req: OfLesson) =>
  lines.find(line => line.code.toUpperCase() === req.params.lesson.toUpperCase())

/** After "finish and continue": the next lesson not finished, then the test, the evaluation, and home when all is done. */
async function whereNext(req: Request, training: Offer, lines: LessonLine[], finished: LessonLine): Promise<string> {
  const base = `/${req.lang}/trainings/${training.code}`
  const open = lines.filter(line => !line.finishedAt && line.id !== finished.id)
  const place = lines.indexOf(finished)
  const next = open.find(line => lines.indexOf(line) > place) ?? open[0]
  if (next) return `${base}/lessons/${next.code}?done=lesson-finished`
  const { missing } = await standingOf(training.ownId!)
  if (missing.some(each => each.what === 'test')) return `${base}/test?done=lessons-finished`
  if (missing.some(each => each.what === 'evaluation')) return `${base}/evaluation?done=lessons-finished`
  return `/${req.lang}/home?done=lessons-finished`
}
