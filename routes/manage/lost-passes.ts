import { type Request, type Response, Router } from 'express'
import { certificateFor } from '../../models/certificate-file.ts'
import { lostPassesOpen, lostPassOf } from '../../models/lost-passes.ts'
import * as policy from '../../models/policies/certificate.ts'
import { no } from '../../models/refused.ts'
import { upholdCertificate } from '../../models/upholding.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { upholdingForm } from '../forms/certificates.ts'
import { found, permit, staff } from '../guards.ts'
import { lostPassRow } from '../present/lost-passes.ts'
import { certificatePage } from '../present/managed-certificates.ts'
import { seenAfterAnswer } from '../seen.ts'

/** Certificates whose pass was lost when results were corrected: a person decides about each, nothing by itself. */
export const manageLostPasses = Router()

const PATH = '/manage/certificates'
/** Those beyond come up as the first ones are decided. */
const SHOWN = 200

manageLostPasses.get(`${PATH}/lost-passes`, staff, async (req, res) => {
  const rows = await lostPassesOpen(SHOWN)
  seenAfterAnswer(
    req,
    res,
    rows.flatMap(({ personId }) => personId ?? []),
    'certificates',
  )
  res.render('manage/certificates/lost-passes', { page: { rows: rows.map(row => lostPassRow(req, row)) } })
})

manageLostPasses.get(`${PATH}/:code/upholding`, staff, show)

manageLostPasses.post(`${PATH}/:code/upholding`, staff, async (req, res) => {
  const { code } = await load(req)
  permit(policy.issue(req.actor))
  const { values, errors } = parse(req, upholdingForm)
  if (errors) return again(req, res, show, errors)
  if (await orAgain(req, res, show, () => upholdCertificate(req.actor, code, values.reason)))
    res.redirect(303, `/${req.lang}${PATH}/${code}?done=certificate-upheld`)
})

const load = (req: Request) => found(certificateFor(req.actor, String(req.params.code)))

async function show(req: Request, res: Response) {
  const file = await load(req)
  permit(policy.issue(req.actor))
  const lost = await lostPassOf(file.id)
  // Somebody else may have decided while the form was open: the form then says so and keeps what was typed.
  permit(lost || req.form ? true : no('certificate.nothingLost'))
  const form = formOf(req, { reason: '' })
  res.render('manage/certificates/upholding', {
    page: { form, ...certificatePage(file, [], req.t, req.lang), lost: lost ? lostPassRow(req, lost) : null },
  })
}
