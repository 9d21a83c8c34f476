import { type Request, type Response, Router } from 'express'
import { within } from '../lib/limits.ts'
import { networkOf } from '../lib/networks.ts'
import { isWellFormed, normalizeCode } from '../models/certificate-codes.ts'
import { nameIsRight, publicCertificate } from '../models/checking-certificates.ts'
import { formOf } from './forms/again.ts'
import { unhurried } from './guards.ts'
import { houseOf } from './house.ts'
import { bothLanguages, verification } from './present/verifications.ts'

/**
 * The public check: what the QR code on the paper leads to. It has no language of its own, because the reader of a
 * paper may have neither of the platform's languages set: English and Russian stand on one page.
 */
export const verifications = Router()

/** Codes looked up from one network. Eighty random bits cannot be guessed; this keeps trying from costing anything. */
const LOOKUPS = { points: 60, seconds: 600 }
/** Names tried for one code, from anywhere: after erasure the check must not become a way to find the name out. */
const NAMES = { points: 10, seconds: 3600 }

verifications.get('/verify', (req, res) => {
  const typed = typeof req.query.code === 'string' ? req.query.code.trim() : ''
  if (!typed) return show(req, res, { status: 'ask', typed: '' })
  const code = normalizeCode(typed)
  // A slip is told without asking the database; what was typed stays in the field.
  if (!isWellFormed(code)) return show(req, res.status(422), { status: 'slip', typed: typed.slice(0, 200) })
  res.redirect(303, `/verify/${code}`)
})

verifications.get('/verify/:code', check)

verifications.post('/verify/:code', async (req, res) => {
  const code = normalizeCode(String(req.params.code))
  const name = typeof req.body.name === 'string' ? req.body.name.trim().slice(0, 200) : ''
  if (isWellFormed(code) && name) {
    unhurried(await within('verify-network', networkOf(req.ip), LOOKUPS))
    unhurried(await within('verify-name', code, NAMES))
    res.locals.nameRight = await nameIsRight(code, name, houseOf(req).config.dataKey)
  } else res.locals.nameRight = null
  req.form = { values: { name }, errors: [] }
  return answer(req, res, code)
})

async function check(req: Request, res: Response) {
  const typed = String(req.params.code)
  const code = normalizeCode(typed)
  if (!isWellFormed(code)) return show(req, res.status(404), { status: 'slip', typed: typed.slice(0, 200) })
  if (code !== typed) return res.redirect(303, `/verify/${code}`)
  unhurried(await within('verify-network', networkOf(req.ip), LOOKUPS))
  return answer(req, res, code)
}

async function answer(req: Request, res: Response, code: string) {
  if (!isWellFormed(code)) return show(req, res.status(404), { status: 'slip', typed: code.slice(0, 200) })
  const certificate = await publicCertificate(code)
  if (!certificate) return show(req, res.status(404), { status: 'unknown', typed: code })
  const { nameRight } = res.locals as { nameRight?: boolean | null }
  if (nameRight === null) res.status(422)
  return show(req, res, { status: certificate.status, typed: code, certificate, nameRight })
}

function show(req: Request, res: Response, outcome: Parameters<typeof verification>[0]) {
  const { config, texts } = houseOf(req)
  const both = bothLanguages(texts)
  // A person's name is told to who holds the paper, not to a search engine or to the next reader of this machine.
  res.set({ 'X-Robots-Tag': 'noindex, nofollow', 'Cache-Control': 'private, no-store' })
  Object.assign(res.locals, {
    switchTo: (res.locals.switchTo as { href: string }[]).map(each => ({
      ...each,
      href: `/${each.href.split('/')[1]}/`,
    })),
    nav: { ...res.locals.nav, path: '/verify', alternates: [], canonical: `${config.baseUrl}/verify` },
  })
  res.render('verifications/show', { page: { ...verification(outcome, both), form: formOf(req) } })
}
