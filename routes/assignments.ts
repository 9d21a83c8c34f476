import { type Request, type Response, Router } from 'express'
import { assignmentOf, briefOf, type Place } from '../models/assignment.ts'
import { filesOf as handedFiles, releasesOf, type Submission, submissionsOf } from '../models/submission.ts'
import { addFile, handIn, mayHandIn, dueNow, removeFile, saveDraft } from '../models/submitting.ts'
import type { KeptFile } from '../models/attaching.ts'
import { again, formOf, orAgain } from './forms/again.ts'
import { postedDraft } from './forms/assignments.ts'
import { addFiles, ATTACHED_KINDS, wayOf } from './forms/attachments.ts'
import { kindsInWords, LARGEST, uploadsOf } from './forms/materials.ts'
import { orSaid, typing } from './forms/saving.ts'
import { found, idOf, NotFound, signedIn } from './guards.ts'
import { sendKept } from './kept-files.ts'
import { presentAssignment, presentCheck, presentRound } from './present/assignments.ts'
import type { FieldError } from './request.ts'

/** A learner's work on the assignment of a training. Somebody else's is not there: 404. */
export const assignments = Router()

const PATH = '/trainings/:code/assignment'
const FULL = { reason: 'assignment.full', words: 'assignments.errors.full' }

assignments.get(PATH, signedIn, show)

/** One form for all of it: the text is saved before anything else is looked at, whichever button was pressed. */
assignments.post(PATH, signedIn, async (req: Request, res: Response) => {
  const place = await placeAt(req)
  const { draft, long } = postedDraft(req.body, req.lang)
  const way = wayOf(req.body)
  await orAgain(req, res, show, async () => {
    const saved = await saveDraft(req.actor, place, draft)
    const errors: FieldError[] = saved.saved ? [] : [newerError(req, saved.newer)]
    if (long) errors.push({ field: 'body', text: req.t('assignments.errors.long') })
    const add = (file: KeptFile) => addFile(req.actor, place, file, draft.language)
    errors.push(...(await addFiles(req, FULL, add)))
    if (way.kind === 'remove') await removeFile(place, way.file)
    if (errors.length) return again(req, res, show, errors)
    if (way.kind === 'check') return res.redirect(303, `${addressOf(req, place)}/check`)
    res.redirect(303, `${addressOf(req, place)}?done=work-saved${way.kind === 'remove' ? '#files-label' : ''}`)
  })
})

/** Saving while somebody writes. */
assignments.post(`${PATH}/text`, typing, async (req: Request, res: Response) => {
  const place = await placeAt(req)
  const { draft } = postedDraft(req.body, req.lang)
  await orSaid(req, res, async () => {
    const saved = await saveDraft(req.actor, place, draft)
    if (!saved.saved) return void res.status(422).json({ newer: true })
    res.json({ revision: saved.revision, at: res.locals.date(saved.at, 'time') })
  })
})

assignments.get(`${PATH}/check`, signedIn, showCheck)

// A hand-in that met a stale token or a lost sign-in session comes back to the check page.
assignments.get(`${PATH}/handing-in`, signedIn, async (req: Request, res: Response) => {
  res.redirect(303, `${addressOf(req, await placeAt(req))}/check`)
})

assignments.post(`${PATH}/handing-in`, signedIn, async (req: Request, res: Response) => {
  const place = await placeAt(req)
  await orAgain(req, res, showCheck, async () => {
    const { round } = await handIn(req.actor, place)
    res.redirect(303, `${addressOf(req, place)}/rounds/${round}?done=work-handed-in`)
  })
})

/** What was handed in, with its receipt. */
assignments.get(`${PATH}/rounds/:round`, signedIn, async (req: Request, res: Response) => {
  const place = await placeAt(req)
  const round = (await submissionsOf(place)).find(each => String(each.round) === req.params.round)
  const handedIn = await found(round?.handedInAt ? round : undefined)
  res.render('assignments/round', { page: presentRound(req, place, handedIn, await handedFiles(handedIn.id)) })
})

assignments.get(`${PATH}/files/:id`, signedIn, async (req: Request, res: Response) => {
  const place = await placeAt(req)
  const id = idOf(req.params.id)
  for (const submission of await submissionsOf(place)) {
    const file = (await handedFiles(submission.id)).find(each => each.id === id)
    if (file) return sendKept(res, uploadsOf(req), file)
  }
  throw new NotFound()
})

async function show(req: Request, res: Response) {
  const place = await placeAt(req)
  const rounds = await submissionsOf(place)
  const last = rounds.at(-1)
  const files = last?.status === 'draft' ? await handedFiles(last.id) : []
  const [brief, releases] = [await found(briefOf(place.assessmentId, req.lang)), await releasesOf(place)]
  const form = formOf(req, {
    body: last?.status === 'draft' ? last.body : '',
    language: last?.language ?? (place.languages.includes(req.lang) ? req.lang : place.languages[0]),
  })
  const kinds = { kinds: kindsInWords(req, ATTACHED_KINDS), count: LARGEST }
  res.render('assignments/show', {
    page: presentAssignment(req, place, { rounds, files, brief, releases, form, kinds }),
  })
}

async function showCheck(req: Request, res: Response) {
  const place = await placeAt(req)
  const last = (await submissionsOf(place)).at(-1)
  if (last?.status !== 'draft') return res.redirect(303, addressOf(req, place))
  const files = await handedFiles(last.id)
  const verdict = mayHandIn(last, files.length, dueNow(place, last))
  res.render('assignments/check', {
    page: presentCheck(req, place, { draft: last, files, verdict, form: formOf(req) }),
  })
}

const newerError = (req: Request, newer: Submission): FieldError => {
  // The page that comes back is made with the newer text: whoever saves again has seen it.
  req.body.newer = newer.body
  return { field: 'body', text: req.t('assignments.errors.newer') }
}

const placeAt = (req: Request): Promise<Place> => found(assignmentOf(req.actor, String(req.params.code).toUpperCase()))

const addressOf = (req: Request, place: Place) => `/${req.lang}/trainings/${place.code}/assignment`
