import { type Request, type Response, Router } from 'express'
import { within } from '../lib/limits.ts'
import { needsForm } from '../models/needs-form.ts'
import { type RecordInputs, recordPdf } from '../models/record-paper.ts'
import { lessonChoices, offersOf } from '../models/request-offer.ts'
import { answersFor, requestFor } from '../models/request.ts'
import { sendPdf } from './certificates.ts'
import { found, signedIn, unhurried } from './guards.ts'
import { houseOf } from './house.ts'
import { agreementPaper, requestPaper } from './present/request-papers.ts'

/** A request and an agreement on paper, in both languages, for whoever sees them: the States of it and the Center. */
export const requestPapers = Router()

const PAPERS = { points: 20, seconds: 60 }

requestPapers.get('/requests/:code.pdf', signedIn, async (req: Request, res: Response) => {
  const request = await found(requestFor(req.actor, String(req.params.code)))
  await found(request.submittedAt ?? undefined)
  const [form, lessons] = [await needsForm(request.formVersionId), await lessonChoices()]
  const answers = await answersFor(req.actor, request.id)
  await send(req, res, requestPaper(req, request, form, answers, lessons), request.code)
})

requestPapers.get('/requests/:code/agreement.pdf', signedIn, async (req: Request, res: Response) => {
  const request = await found(requestFor(req.actor, String(req.params.code)))
  const offers = await offersOf(request.id, false)
  const offer = await found(offers.find(({ stateAgreedAt, centerAgreedAt }) => stateAgreedAt && centerAgreedAt))
  await send(req, res, agreementPaper(req, request, offer), `${request.code} agreement`)
})

async function send(req: Request, res: Response, inputs: RecordInputs, name: string) {
  unhurried(await within('certificate-paper', req.actor.id!, PAPERS))
  const pdf = await recordPdf(houseOf(req).pdf, inputs)
  sendPdf(res, pdf, { ascii: `RTCM ${name}.pdf`, utf8: `RTCM ${name}.pdf` })
}
