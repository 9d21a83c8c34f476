import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { isOpen, type OneTimeToken, tokenByCode, tokenOf } from '../models/one-time-tokens.ts'
import { askReset, ownerOf, resetPassword } from '../models/resetting.ts'
import { again, formOf, orAgain, parse } from './forms/again.ts'
import { code, email, newPassword, passwordErrors } from './forms/accounts.ts'
import { tooFast } from './forms/limits.ts'
import { NotFound } from './guards.ts'
import { houseOf } from './house.ts'
import { inSameTime } from './same-time.ts'

export const passwordResets = Router()

const MAILS = { points: 5, seconds: 3600 }
const PER_ADDRESS = { points: 20, seconds: 3600 }
const PER_NETWORK = { points: 200, seconds: 3600 }
const askForm = z.object({ email })
const codeForm = z.object({ email, code, password: newPassword })
const linkForm = z.object({ password: newPassword })

passwordResets.get('/reset-password', showAsk)

/** The answer is the same whether the address is known or not. */
passwordResets.post('/reset-password', async (req, res) => {
  const { values, errors } = parse(req, askForm)
  if (errors) return again(req, res, showAsk, errors)
  const slow = await tooFast(req, res, showAsk, [
    ['reset-mails', values.email, MAILS],
    ['reset-network', req.ip ?? '', PER_NETWORK],
  ])
  if (slow) return
  await inSameTime(askReset(values.email, houseOf(req).config.dataKey))
  req.session.address = values.email
  res.redirect(303, `/${req.lang}/reset-password/code?done=reset-mailed`)
})

/** Where links are blocked: the address, the six digits of the mail, and the new password. */
passwordResets.get('/reset-password/code', showCode)

passwordResets.post('/reset-password/code', async (req, res) => {
  const { values, errors } = parse(req, codeForm)
  const weak = passwordErrors(req.t, req.body?.password, { email: String(req.body?.email ?? '') })
  if (errors || weak.length) return again(req, res, showCode, [...(errors ?? []), ...weak])
  const slow = await tooFast(req, res, showCode, [
    ['reset-address', values!.email, PER_ADDRESS],
    ['reset-network', req.ip ?? '', PER_NETWORK],
  ])
  if (slow) return
  const token = await tokenByCode(['reset_password'], values!.email, values!.code, houseOf(req).config.dataKey)
  if (!token) return again(req, res, showCode, [{ field: 'code', text: req.t('accounts.errors.codeWrong') }])
  await act(req, res, showCode, token, values!.password)
})

/** A link of a mail shows a form: opening it uses nothing up. */
passwordResets.get('/reset-password/:token', showLink)

passwordResets.post('/reset-password/:token', async (req, res) => {
  const token = await tokenIn(req)
  if (!token || !isOpen(token)) return showLink(req, res)
  const { values, errors } = parse(req, linkForm)
  const weak = passwordErrors(req.t, req.body?.password, (await ownerOf(token))!)
  if (errors || weak.length) return again(req, res, showLink, [...(errors ?? []), ...weak])
  await act(req, res, showLink, token, values!.password)
})

async function act(
  req: Request,
  res: Response,
  show: (req: Request, res: Response) => unknown,
  token: OneTimeToken,
  password: string,
) {
  if (!(await orAgain(req, res, show, () => resetPassword(token, password)))) return
  // The sign-in session of this browser is among those that ended.
  if (req.actor.signedIn) await new Promise<void>(done => req.session.regenerate(() => done()))
  req.session.address = token.address
  res.redirect(303, `/${req.lang}/sign-in?done=password-set`)
}

function showAsk(req: Request, res: Response) {
  res.render('password-resets/new', { page: { form: formOf(req, { email: req.session.address ?? '' }) } })
}

function showCode(req: Request, res: Response) {
  res.render('password-resets/code', { page: { form: formOf(req, { email: req.session.address ?? '' }) } })
}

async function showLink(req: Request, res: Response) {
  const token = await tokenIn(req)
  const open = Boolean(token && isOpen(token))
  if (!open) res.status(req.method === 'POST' ? 422 : 410)
  res.render('password-resets/show', {
    page: {
      form: formOf(req),
      open,
      action: `/reset-password/${req.params.token}`,
      address: open ? token!.address : null,
    },
  })
}

async function tokenIn(req: Request) {
  const text = String(req.params.token)
  if (!/^[\w-]{32}$/.test(text)) throw new NotFound()
  const token = await tokenOf(text)
  return token?.purpose === 'reset_password' ? token : undefined
}
