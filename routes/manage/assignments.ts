import { type Request, type Response, Router } from 'express'
import { allocate, allocateEvenly, markersOf } from '../../models/allocating.ts'
import { assignmentIn, countWorks, placeIn, workLineOf, worksIn } from '../../models/assignment-lists.ts'
import { dueOf } from '../../models/assignment.ts'
import { extend, extensionsOf, setDue } from '../../models/extending.ts'
import { marksOf } from '../../models/marked-work.ts'
import { runs } from '../../models/policies/running.ts'
import { changeGrade, release } from '../../models/releasing.ts'
import { releasesOf, submissionsOf } from '../../models/submission.ts'
import { dueNow } from '../../models/submitting.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { changeForm, dueForm, extensionForm, judgmentValues, postedJudgment, wallOf } from '../forms/marking.ts'
import { found, idOf, signedIn } from '../guards.ts'
import { valuesOfDue } from '../present/extensions.ts'
import { type Line, presentWorks, presentWorkOf } from '../present/managed-assignments.ts'
import { runnable, trainingSeen } from '../running.ts'
import { seenAfterAnswer } from '../seen.ts'

/** The assignment of a training for those who run it: until when, who marks, more time, release. */
export const manageAssignments = Router()

const PATH = '/manage/trainings/:code/assignment'
const SIZE = 100

manageAssignments.get(PATH, signedIn, show)

manageAssignments.post(PATH, signedIn, async (req: Request, res: Response) => {
  const training = await runnable(req)
  await found(assignmentIn(training.id))
  const { values, errors } = parse(req, dueForm)
  if (errors) return again(req, res, show, errors)
  await setDue(req.actor, training.id, wallOf(values))
  res.redirect(303, addressOf(req, training.code, 'saved'))
})

manageAssignments.post(`${PATH}/allocation`, signedIn, async (req: Request, res: Response) => {
  const training = await runnable(req)
  await found(assignmentIn(training.id))
  await allocateEvenly(req.actor, training.id)
  res.redirect(303, addressOf(req, training.code, 'works-allocated'))
})

manageAssignments.post(`${PATH}/release`, signedIn, async (req: Request, res: Response) => {
  const training = await runnable(req)
  await found(assignmentIn(training.id))
  await release(req.actor, training.id)
  res.redirect(303, addressOf(req, training.code, 'grades-released'))
})

manageAssignments.get(`${PATH}/:id`, signedIn, showOne)

manageAssignments.post(`${PATH}/:id/allocation`, signedIn, async (req: Request, res: Response) => {
  const { training, place } = await one(req)
  await orAgain(req, res, showOne, async () => {
    for (const part of ['first', 'second'] as const) {
      const marker = req.body[part]
      if (typeof marker !== 'string') continue
      const slot = { enrollmentId: place.enrollmentId, assessmentId: place.assessmentId, part }
      await allocate(req.actor, training.id, slot, /^[1-9]\d{0,17}$/.test(marker) ? marker : null)
    }
    res.redirect(303, addressOf(req, training.code, 'saved', place.enrollmentId))
  })
})

manageAssignments.post(`${PATH}/:id/extension`, signedIn, async (req: Request, res: Response) => {
  const { training, place } = await one(req)
  const { values, errors } = parse(req, extensionForm)
  if (errors) return again(req, res, showOne, errors)
  if (!(await orAgain(req, res, showOne, () => extend(req.actor, place, wallOf(values), values.reason)))) return
  res.redirect(303, addressOf(req, training.code, 'time-given', place.enrollmentId))
})

manageAssignments.post(`${PATH}/:id/release`, signedIn, async (req: Request, res: Response) => {
  const { training, place } = await one(req)
  await release(req.actor, training.id, place.enrollmentId)
  res.redirect(303, addressOf(req, training.code, 'grades-released', place.enrollmentId))
})

manageAssignments.post(`${PATH}/:id/grade`, signedIn, async (req: Request, res: Response) => {
  const { training, place } = await one(req)
  const { values, errors } = parse(req, changeForm)
  if (errors) return again(req, res, showOne, errors)
  const change = { ...postedJudgment(req.body, place.criteria), reason: values.reason }
  await orAgain(req, res, showOne, async () => {
    await changeGrade(req.actor, training.id, place.enrollmentId, change)
    res.redirect(303, addressOf(req, training.code, 'grade-changed', place.enrollmentId))
  })
})

// The forms of one work have addresses of their own; opened by hand, or after a stale token, they lead to its page.
for (const noun of ['allocation', 'extension', 'release', 'grade'])
  manageAssignments.get(`${PATH}/:id/${noun}`, signedIn, showOne)

async function show(req: Request, res: Response) {
  const training = await trainingSeen(req)
  const assignment = await found(assignmentIn(training.id))
  const after = typeof req.query.after === 'string' ? idOf(req.query.after) : null
  const lines = await worksIn(training.id, after, SIZE + 1)
  const [counts, markers] = [await countWorks(training.id), await markersOf(training.id)]
  const due = dueOf({ ...assignment, roundDue: null, extendedTo: null })
  const form = formOf(req, valuesOfDue(due))
  const shown = lines.slice(0, SIZE)
  seenAfterAnswer(
    req,
    res,
    shown.map(line => line.personId),
    'enrollments',
  )
  res.render('manage/assignments/index', {
    page: presentWorks(req, {
      ...{ training, assignment, counts, markers, due, form, lines: shown },
      more: lines.length > SIZE ? shown.at(-1)!.enrollmentId : null,
      runs: runs(req.actor, training),
    }),
  })
}

async function showOne(req: Request, res: Response) {
  const training = await trainingSeen(req)
  const assignment = await found(assignmentIn(training.id))
  const id = idOf(req.params.id)
  const place = await found(placeIn(training.id, id))
  const line: Line = await found(workLineOf(training.id, id))
  const rounds = await submissionsOf(place)
  const [releases, extensions] = [await releasesOf(place), await extensionsOf(id)]
  const marks = line.submissionId ? await marksOf(line.submissionId) : []
  const due = dueNow(place, rounds.at(-1))
  const last = releases.at(-1)
  const levels = Object.fromEntries((last?.levels ?? []).map(each => [each.criterion, Math.floor(each.level)]))
  const form = formOf(req, {
    ...valuesOfDue(due),
    ...judgmentValues({ levels, comment: last?.comments.join('\n\n') ?? '' }),
  })
  seenAfterAnswer(req, res, [place.personId], 'enrollments')
  res.render('manage/assignments/show', {
    page: presentWorkOf(req, {
      ...{ training, assignment, place, line, rounds, releases, extensions, marks, due, form },
      markers: await markersOf(training.id),
      runs: runs(req.actor, training),
    }),
  })
}

async function one(req: Request) {
  const training = await runnable(req)
  await found(assignmentIn(training.id))
  return { training, place: await found(placeIn(training.id, idOf(req.params.id))) }
}

const addressOf = (req: Request, code: string, done: string, id?: string) =>
  `/${req.lang}/manage/trainings/${code}/assignment${id ? `/${id}` : ''}?done=${done}`
