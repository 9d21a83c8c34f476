import { type Request, type Response, Router } from 'express'
import { within } from '../lib/limits.ts'
import { needsForm } from '../models/needs-form.ts'
import { type RecordInputs, recordPdf } from '../models/record-paper.ts'
import { filesFor } from '../models/request-files.ts'
import { lessonChoices, offersOf } from '../models/request-offer.ts'
import { statesOfRequest, takingPart } from '../models/request-states.ts'
import { answersFor, requestFor } from '../models/request.ts'
import { sendPdf } from './certificates.ts'
import { found, signedIn, unhurried } from './guards.ts'
import { houseOf } from './house.ts'
import { agreementPaper, requestPaper } from './present/request-papers.ts'
import { requestSeenAfterAnswer } from './seen.ts'

/** A request and an agreement on paper, in both languages, for whoever sees them: the States of it and the Center. */
export const requestPapers = Router()

const PAPERS = { points: 20, seconds: 60 }

requestPapers.get('/requests/:code.pdf', signedIn, async (req: Request, res: Response) => {
  const request = await found(requestFor(req.actor, String(req.params.code)))
  await found(request.submittedAt ?? undefined)
  const [form, lessons] = [await needsForm(request.formVersionId), await lessonChoices()]
  const answers = await answersFor(req.actor, request.id)
  const files = await filesFor(req.actor, request.id)
  const states = takingPart(await statesOfRequest(request.id))
  requestSeenAfterAnswer(req, res, request.id, request.ownState)
  await send(req, res, requestPaper(req, request, { form, lessons, answers, files, states }), request.code)
})

requestPapers.get('/requests/:code/agreement.pdf', signedIn, async (req: Request, res: Response) => {
  const request = await found(requestFor(req.actor, String(req.params.code)))
  await found(req.actor.staff || request.ownStatus === 'joined' ? request : undefined)
  const offers = await offersOf(request.id, false)
  const offer = await found(offers.find(({ stateAgreedAt, centerAgreedAt }) => stateAgreedAt && centerAgreedAt))
  const states = takingPart(await statesOfRequest(request.id))
  await send(req, res, agreementPaper(req, request, offer, states), `${request.code} agreement`)
})

async function send(req: Request, res: Response, inputs: RecordInputs, name: string) {
  unhurried(await within('certificate-paper', req.actor.id!, PAPERS))
  const pdf = await recordPdf(houseOf(req).pdf, inputs)
  sendPdf(res, pdf, { ascii: `RTCM ${name}.pdf`, utf8: `RTCM ${name}.pdf` })
}
