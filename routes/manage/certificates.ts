import { type Request, type Response, Router } from 'express'
import { type CertificateFile, certificateFor, lifeOf } from '../../models/certificate-file.ts'
import {
  issuedCertificates,
  readyToIssue,
  trainingsWithPeople,
  unfinishedIn,
  waitingForIssue,
} from '../../models/certificate-lists.ts'
import { specimenOf } from '../../models/certificate-printing.ts'
import { lostPassOf } from '../../models/lost-passes.ts'
import { certify, earnedBy, logosNow, snapshotOf } from '../../models/certifying.ts'
import * as policy from '../../models/policies/certificate.ts'
import { insist, no } from '../../models/refused.ts'
import { replaceable, replaceCertificate } from '../../models/replacing.ts'
import { revocable, revokeCertificate } from '../../models/revoking.ts'
import { signersOf, someoneSigns } from '../../models/signing.ts'
import { now } from '../../lib/time.ts'
import { sendPdf, slowly } from '../certificates.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { issueForm, replacementForm, revocationForm } from '../forms/certificates.ts'
import { nameErrors, namesOf, valuesOf } from '../forms/names.ts'
import { found, idOf, permit, staff } from '../guards.ts'
import { houseOf, pressOf } from '../house.ts'
import { lostPassRow } from '../present/lost-passes.ts'
import { seenAfterAnswer } from '../seen.ts'
import {
  certificatePage,
  issuedRow,
  trainingOptions,
  unfinishedRow,
  waitingRow,
} from '../present/managed-certificates.ts'

export const manageCertificates = Router()

const PATH = '/manage/certificates'
const PAGE = 50
/** So many are issued by one press; the page then says how many are left. */
const AT_ONCE = 200

manageCertificates.get(PATH, staff, index)

manageCertificates.post(PATH, staff, async (req, res) => {
  permit(policy.issue(req.actor))
  const { values, errors } = parse(req, issueForm)
  if (errors) return again(req, res, index, errors)
  const chosen = values.all ? await readyToIssue(values.training || null, AT_ONCE) : values.enrollment.slice(0, AT_ONCE)
  if (!chosen.length)
    return again(req, res, index, [{ field: 'enrollment', text: req.t('certificates.errors.nobody') }])
  const signed = await orAgain(req, res, index, async () => {
    if (!(await someoneSigns())) insist(no('certificate.signatories'))
  })
  if (!signed) return
  const { issued, refused } = await issueEach(req, chosen)
  const query = new URLSearchParams({ issued: String(issued), ...(refused ? { refused: String(refused) } : {}) })
  if (values.training) query.set('training', values.training)
  res.redirect(303, `/${req.lang}${PATH}?${query}`)
})

manageCertificates.get('/manage/enrollments/:id/certificate.pdf', staff, async (req, res) => {
  const earned = await found(earnedBy(idOf(req.params.id)))
  const signatories = await signersOf(earned.signatories)
  permit(signatories.length ? true : no('certificate.signatories'))
  permit(earned.names ? true : no('certificate.names'))
  await slowly(req)
  seenAfterAnswer(req, res, [earned.personId], 'certificates')
  const snapshot = snapshotOf(earned, signatories, await logosNow(earned.trainingId), now())
  const pdf = await specimenOf(pressOf(req), snapshot, earned.rules.kind, earned.names!)
  sendPdf(res, pdf, { ascii: 'RTCM certificate specimen.pdf', utf8: 'RTCM certificate specimen.pdf' })
})

manageCertificates.get(`${PATH}/unfinished`, staff, async (req, res) => {
  const training = text(req.query.training)
  const rows = training ? await unfinishedIn(training, number(req.query.after) ?? '0', PAGE + 1) : []
  const shown = rows.slice(0, PAGE)
  const next = rows.length > PAGE ? shown.at(-1)!.id : null
  seenAfterAnswer(req, res, peopleOf(shown), 'certificates')
  res.render('manage/certificates/unfinished', {
    page: {
      training,
      trainings: trainingOptions(await trainingsWithPeople(), training, req.lang),
      rows: shown.map(row => unfinishedRow(row, req.t, req.lang)),
      next: next && addressOf(req, '/unfinished', { training, after: next }),
      first: req.query.after ? addressOf(req, '/unfinished', { training }) : null,
    },
  })
})

manageCertificates.get(`${PATH}/issued`, staff, async (req, res) => {
  const search = text(req.query.q).slice(0, 200)
  const rows = await issuedCertificates(search, number(req.query.before), PAGE + 1)
  const shown = rows.slice(0, PAGE)
  const next = rows.length > PAGE ? shown.at(-1)!.id : null
  seenAfterAnswer(req, res, peopleOf(shown), 'certificates')
  res.render('manage/certificates/issued', {
    page: {
      search,
      rows: shown.map(row => issuedRow(row, req.t, req.lang)),
      next: next && addressOf(req, '/issued', { q: search, before: next }),
      first: req.query.before ? addressOf(req, '/issued', { q: search }) : null,
    },
  })
})

manageCertificates.get(`${PATH}/:code`, staff, async (req, res) => {
  const file = await load(req)
  const life = await lifeOf(file.id)
  seenAfterAnswer(req, res, peopleOf([file]), 'certificates')
  const mayIssue = policy.issue(req.actor).ok
  const lost = await lostPassOf(file.id)
  res.render('manage/certificates/show', {
    page: {
      ...certificatePage(file, life, req.t, req.lang),
      ...{ lost: lost ? lostPassRow(req, lost) : null, mayUphold: mayIssue && Boolean(lost) },
      mayReplace: mayIssue && replaceable(file).ok,
      mayRevoke: mayIssue && revocable(file).ok,
    },
  })
})

manageCertificates.get(`${PATH}/:code/replacement`, staff, replacement)

manageCertificates.post(`${PATH}/:code/replacement`, staff, async (req, res) => {
  const file = await load(req)
  permit(policy.issue(req.actor))
  const { values, errors } = parse(req, replacementForm)
  if (errors) return again(req, res, replacement, errors)
  const wrong = await nameErrors(req, pressOf(req), values)
  if (wrong.length) return again(req, res, replacement, wrong)
  let successor = ''
  const done = await orAgain(req, res, replacement, async () => {
    const { dataKey } = houseOf(req).config
    successor = await replaceCertificate(req.actor, file.code, {
      names: namesOf(values),
      reason: values.reason,
      dataKey,
    })
  })
  if (done) res.redirect(303, `/${req.lang}${PATH}/${successor}?done=certificate-replaced`)
})

manageCertificates.get(`${PATH}/:code/revocation`, staff, revocation)

manageCertificates.post(`${PATH}/:code/revocation`, staff, async (req, res) => {
  const file = await load(req)
  permit(policy.issue(req.actor))
  const { values, errors } = parse(req, revocationForm)
  if (errors) return again(req, res, revocation, errors)
  if (!(await orAgain(req, res, revocation, () => revokeCertificate(req.actor, file.code, values.reason)))) return
  res.redirect(303, `/${req.lang}${PATH}/${file.code}?done=certificate-revoked`)
})

async function index(req: Request, res: Response) {
  const training = text(req.query.training) || text(req.form?.values.training)
  const { waiting, total, ready } = await waitingForIssue(training || null)
  const mayIssue = policy.issue(req.actor).ok
  const chosen = [req.form?.values.enrollment ?? []].flat().map(String)
  seenAfterAnswer(req, res, peopleOf(waiting), 'certificates')
  res.render('manage/certificates/index', {
    page: {
      form: formOf(req),
      training,
      trainings: trainingOptions(await trainingsWithPeople(), training, req.lang),
      rows: waiting.map(row => waitingRow(row, req.t, req.lang, chosen)),
      ...{ total, ready, atOnce: Math.min(ready, AT_ONCE) },
      signed: await someoneSigns(),
      mayIssue,
      issued: Number(number(req.query.issued) ?? 0),
      refused: Number(number(req.query.refused) ?? 0),
    },
  })
}

async function replacement(req: Request, res: Response) {
  const file = await load(req)
  permit(policy.issue(req.actor))
  permit(replaceable(file))
  const { latin, cyrillic, own, ownScript } = file
  const names = { latin: latin!, ...given({ cyrillic, own, ownScript }) }
  const form = formOf(req, { ...valuesOf(names), reason: '' })
  res.render('manage/certificates/replacement', {
    page: { form, ...certificatePage(file, [], req.t, req.lang), print: [form.values.print ?? []].flat().map(String) },
  })
}

async function revocation(req: Request, res: Response) {
  const file = await load(req)
  permit(policy.issue(req.actor))
  permit(revocable(file))
  const form = formOf(req, { reason: '' })
  res.render('manage/certificates/revocation', { page: { form, ...certificatePage(file, [], req.t, req.lang) } })
}

/** Whose data a page shows. */
const peopleOf = (rows: { personId: string | null }[]) => rows.flatMap(({ personId }) => personId ?? [])

const load = (req: Request): Promise<CertificateFile> => found(certificateFor(req.actor, String(req.params.code)))

/** Each in a transaction of its own: one that cannot be issued does not hold up the others. */
async function issueEach(req: Request, ids: string[]) {
  const { dataKey } = houseOf(req).config
  let issued = 0
  let refused = 0
  for (const id of ids) {
    const outcome = await certify(req.actor, id, dataKey)
    if (!outcome.ok) refused++
    else if (outcome.fresh) issued++
  }
  return { issued, refused }
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
const number = (value: unknown): string | null => (/^[1-9]\d{0,17}$/.test(text(value)) ? text(value) : null)

function addressOf(req: Request, path: string, query: Record<string, string>) {
  const given = Object.entries(query).filter(([, value]) => value)
  return `/${req.lang}${PATH}${path}${given.length ? `?${new URLSearchParams(given)}` : ''}`
}

const given = (names: Record<string, string | null>) =>
  Object.fromEntries(Object.entries(names).filter(([, value]) => value)) as Record<string, string>
