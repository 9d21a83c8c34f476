import { type Request, type Response, Router } from 'express'
import { now } from '../../lib/time.ts'
import { specimenOf } from '../../models/certificate-printing.ts'
import { logosNow } from '../../models/certifying.ts'
import { CONTRIBUTIONS_SHOWN, contributionOf, contributionsToIssue, namesFor } from '../../models/contribution.ts'
import { certifyContribution, contributionSnapshot } from '../../models/contributing.ts'
import * as policy from '../../models/policies/certificate.ts'
import { no } from '../../models/refused.ts'
import { signersOf } from '../../models/signing.ts'
import { sendPdf, slowly } from '../certificates.ts'
import { again, formOf, parse } from '../forms/again.ts'
import { contributionsForm } from '../forms/certificates.ts'
import { found, idOf, permit, staff } from '../guards.ts'
import { houseOf, pressOf } from '../house.ts'
import { contributionRow } from '../present/contributions.ts'
import { seenAfterAnswer } from '../seen.ts'

/** What trainers taught, for their certificates of contribution. */
export const manageContributions = Router()

const PATH = '/manage/certificates/contributions'

manageContributions.get(PATH, staff, index)

manageContributions.post(PATH, staff, async (req, res) => {
  permit(policy.issue(req.actor))
  const { values, errors } = parse(req, contributionsForm)
  if (errors) return again(req, res, index, errors)
  const chosen = values.all
    ? await contributionsToIssue(null)
    : values.contribution.slice(0, CONTRIBUTIONS_SHOWN).map(([trainingId, personId]) => ({ trainingId, personId }))
  if (!chosen.length)
    return again(req, res, index, [{ field: 'contribution', text: req.t('contributions.errors.nobody') }])
  const { dataKey } = houseOf(req).config
  const count = { issued: 0, refused: 0 }
  // Each in a transaction of its own: one that cannot be issued does not hold up the others.
  for (const each of chosen) {
    const outcome = await certifyContribution(req.actor, each, dataKey)
    if (!outcome.ok) count.refused++
    else if (outcome.fresh) count.issued++
  }
  const query = new URLSearchParams(
    Object.entries(count).flatMap(([name, n]) => (n || name === 'issued' ? [[name, String(n)]] : [])),
  )
  res.redirect(303, `/${req.lang}${PATH}?${query}`)
})

/** The paper as it would be, before anything is issued. */
manageContributions.get(`${PATH}/:training/:person.pdf`, staff, async (req, res) => {
  const given = await found(contributionOf(idOf(req.params.person), idOf(req.params.training)))
  const signatories = await signersOf(given.signatories)
  permit(signatories.length ? true : no('certificate.signatories'))
  await slowly(req)
  seenAfterAnswer(req, res, [given.personId], 'certificates')
  const snapshot = contributionSnapshot(given, signatories, await logosNow(given.trainingId), now())
  const pdf = await specimenOf(pressOf(req), snapshot, 'contribution', namesFor(given))
  sendPdf(res, pdf, { ascii: 'RTCM certificate specimen.pdf', utf8: 'RTCM certificate specimen.pdf' })
})

async function index(req: Request, res: Response) {
  const rows = await contributionsToIssue(null)
  const chosen = [req.form?.values.contribution ?? []].flat().map(String)
  const count = (value: unknown) => (typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : 0)
  const shown = []
  for (const row of rows)
    shown.push(contributionRow(req, row, { chosen, signed: (await signersOf(row.signatories)).length > 0 }))
  seenAfterAnswer(
    req,
    res,
    rows.map(row => row.personId),
    'certificates',
  )
  res.render('manage/certificates/contributions', {
    page: {
      form: formOf(req),
      rows: shown,
      mayIssue: policy.issue(req.actor).ok,
      signed: shown.every(row => row.signed),
      issued: count(req.query.issued),
      refused: count(req.query.refused),
    },
  })
}
