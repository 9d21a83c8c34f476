import { type Request, type Response, Router } from 'express'
import { MOST_FILES } from '../models/attaching.ts'
import { writesCommon, writesOwn } from '../models/policies/request.ts'
import { addRequestFile, filesFor, removeRequestFile, type RequestFile } from '../models/request-files.ts'
import { isLead, requestFor, type RequestRow } from '../models/request.ts'
import { addFiles, ATTACHED_KINDS, wayOf } from './forms/attachments.ts'
import { again, formOf, orAgain } from './forms/again.ts'
import { kindsInWords, LARGEST, uploadsOf } from './forms/materials.ts'
import { found, idOf, signedIn } from './guards.ts'
import { sendKept } from './kept-files.ts'
import { countryName } from './present/people.ts'
import { filesOfPart } from './present/request-files.ts'
import { asState, ownRequest } from './requests.ts'
import { requestSeenAfterAnswer } from './seen.ts'
import { focalPoint } from './states.ts'

/** Files beside the form of a request: added and taken off while their part is open, read by whoever reads that part. */
export const requestFiles = Router()

const PATH = '/state/requests/:code/files'
const FULL = { reason: 'attachment.full', words: 'requests.errors.full' }

requestFiles.get(PATH, focalPoint, show)

/** What can be taken is added, whatever else is wrong with the post. */
requestFiles.post(PATH, focalPoint, async (req: Request, res: Response) => {
  const request = await writable(req)
  const way = wayOf(req.body)
  const state = req.body.reads === 'common' && writesCommon(req.actor, request) ? null : request.ownState
  await orAgain(req, res, show, async () => {
    const errors = await addFiles(req, FULL, file => addRequestFile(req.actor, request, state, file))
    if (way.kind === 'remove') {
      const file = (await openFiles(req, request)).find(({ id }) => id === way.file)
      if (file) await removeRequestFile(req.actor, request, file)
    }
    if (errors.length) return again(req, res, show, errors)
    const base = `/${req.lang}/state/requests/${request.code}`
    res.redirect(303, way.kind === 'check' ? `${base}/check` : `${base}/files?done=files-saved`)
  })
})

async function show(req: Request, res: Response) {
  const request = await writable(req)
  const files = await openFiles(req, request)
  const form = formOf(req, { reads: 'common' })
  const shares = writesCommon(req.actor, request)
  res.render('requests/files', {
    page: {
      code: request.code,
      lead: isLead(request),
      state: countryName(request.ownState!, req.lang),
      shares,
      common: shares ? filesOfPart(req, request.code, files, null) : [],
      own: filesOfPart(req, request.code, files, request.ownState),
      hint: req.t('assignments.filesHint', {
        ...{ kinds: kindsInWords(req, ATTACHED_KINDS), count: LARGEST, most: MOST_FILES },
      }),
      form,
      fileErrors: form.errors.filter(({ field }) => field === 'files').map(({ text }) => text),
    },
  })
}

/** The request, while this reader may still put files beside a part of it: else the page is not there. */
async function writable(req: Request): Promise<RequestRow> {
  const request = await ownRequest(req)
  return found(writesCommon(req.actor, request) || writesOwn(request) ? request : undefined)
}

/** Files of the parts that are open to this reader. */
async function openFiles(req: Request, request: RequestRow): Promise<RequestFile[]> {
  const shares = writesCommon(req.actor, request)
  const files = await filesFor(asState(req.actor), request.id)
  return files.filter(({ state }) => (state ? state === request.ownState : shares))
}

requestFiles.get('/requests/:code/files/:id', signedIn, async (req: Request, res: Response) => {
  const request = await found(requestFor(req.actor, String(req.params.code)))
  const id = idOf(req.params.id)
  const file = await found((await filesFor(req.actor, request.id)).find(each => each.id === id))
  requestSeenAfterAnswer(req, res, request.id, request.ownState)
  await sendKept(res, uploadsOf(req), file)
})
