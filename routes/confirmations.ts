import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { confirmAddress } from '../models/confirming-addresses.ts'
import { isOpen, tokenByCode, tokenOf } from '../models/one-time-tokens.ts'
import { mailConfirmationAgain } from '../models/registering.ts'
import { again, formOf, orAgain, parse } from './forms/again.ts'
import { code, email } from './forms/accounts.ts'
import { tooFast } from './forms/limits.ts'
import { NotFound } from './guards.ts'
import { houseOf } from './house.ts'
import { inSameTime } from './same-time.ts'

export const confirmations = Router()

const PER_ADDRESS = { points: 20, seconds: 3600 }
const PER_NETWORK = { points: 200, seconds: 3600 }
const MAILS = { points: 5, seconds: 3600 }
const form = z.object({ email, code })
const addressForm = z.object({ email })

/** Where links are blocked: the address and the six digits of the mail. */
confirmations.get('/confirm', showCode)

confirmations.post('/confirm', async (req, res) => {
  const { values, errors } = parse(req, form)
  if (errors) return again(req, res, showCode, errors)
  const slow = await tooFast(req, res, showCode, [
    ['confirm-address', values.email, PER_ADDRESS],
    ['confirm-network', req.ip ?? '', PER_NETWORK],
  ])
  if (slow) return
  const { dataKey } = houseOf(req).config
  const token = await tokenByCode(['confirm_address', 'change_address'], values.email, values.code, dataKey)
  if (!token) return again(req, res, showCode, [{ field: 'code', text: req.t('accounts.errors.codeWrong') }])
  if (!(await orAgain(req, res, showCode, () => confirmAddress(token)))) return
  answer(req, res, token.purpose)
})

/** A new mail for a registration that waits. The answer is the same for every address. */
confirmations.get('/confirm/again', showAgain)

confirmations.post('/confirm/again', async (req, res) => {
  const { values, errors } = parse(req, addressForm)
  if (errors) return again(req, res, showAgain, errors)
  const slow = await tooFast(req, res, showAgain, [
    ['confirm-mails', values.email, MAILS],
    ['confirm-network', req.ip ?? '', PER_NETWORK],
  ])
  if (slow) return
  await inSameTime(mailConfirmationAgain(values.email, houseOf(req).config.dataKey))
  req.session.address = values.email
  res.redirect(303, `/${req.lang}/confirm?done=mail-again`)
})

/** A link of a mail shows a button: mail scanners follow links, and a link works once. */
confirmations.get('/confirm/:token', showLink)

confirmations.post('/confirm/:token', async (req, res) => {
  const token = await tokenIn(req)
  if (!token || !isOpen(token)) return showLink(req, res)
  if (!(await orAgain(req, res, showLink, () => confirmAddress(token)))) return
  req.session.address = token.address
  answer(req, res, token.purpose)
})

function answer(req: Request, res: Response, purpose: string) {
  if (purpose === 'change_address' && req.actor.signedIn)
    return res.redirect(303, `/${req.lang}/me?done=address-changed`)
  const next = req.session.after ? `&next=${encodeURIComponent(req.session.after)}` : ''
  const done = purpose === 'change_address' ? 'address-changed' : 'address-confirmed'
  res.redirect(303, `/${req.lang}/sign-in?done=${done}${next}`)
}

async function showLink(req: Request, res: Response) {
  const token = await tokenIn(req)
  const open = Boolean(token && isOpen(token))
  if (!open) res.status(req.method === 'POST' ? 422 : 410)
  res.render('confirmations/show', {
    page: {
      form: formOf(req),
      open,
      action: `/confirm/${req.params.token}`,
      address: open ? token!.address : null,
      change: token?.purpose === 'change_address',
    },
  })
}

function showCode(req: Request, res: Response) {
  res.render('confirmations/code', { page: { form: formOf(req, { email: req.session.address ?? '' }) } })
}

function showAgain(req: Request, res: Response) {
  res.render('confirmations/again', { page: { form: formOf(req, { email: req.session.address ?? '' }) } })
}

/** The token of the address, if it confirms one; a shape no token has is a missing page. */
async function tokenIn(req: Request) {
  const text = String(req.params.token)
  if (!/^[\w-]{32}$/.test(text)) throw new NotFound()
  const token = await tokenOf(text)
  return token && token.purpose !== 'reset_password' ? token : undefined
}
