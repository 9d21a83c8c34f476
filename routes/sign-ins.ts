import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { within } from '../lib/limits.ts'
import { signIn, signOut } from '../models/signing-in.ts'
import { again, formOf, parse } from './forms/again.ts'
import { type Carried, carriedBy } from './forms/carried.ts'
import { samePath } from './guards.ts'
import { signInPage } from './present/sign-in-page.ts'

export const signIns = Router()

const form = z.object({
  email: z.string('accounts.errors.email').regex(/^\P{Cc}{1,254}$/u, 'accounts.errors.email'),
  password: z
    .string('accounts.errors.password')
    .min(1, 'accounts.errors.password')
    .max(4000, 'accounts.errors.password'),
})

const PER_ACCOUNT = { points: 10, seconds: 900 }
const PER_NETWORK = { points: 100, seconds: 900 }

signIns.get('/sign-in', show)

signIns.post('/sign-in', async (req, res) => {
  const { values, errors } = parse(req, form)
  if (errors) return again(req, res, show, errors)
  for (const [name, key, limit] of [
    ['sign-in-account', values.email.toLowerCase(), PER_ACCOUNT],
    ['sign-in-network', req.ip ?? '', PER_NETWORK],
  ] as const) {
    const verdict = await within(name, key, limit)
    if (verdict.ok) continue
    res.set('Retry-After', String(verdict.retryAfter))
    return again(req, res, show, [
      { field: 'email', text: req.t('accounts.errors.slow', { count: Math.ceil(verdict.retryAfter / 60) }) },
    ])
  }
  const actor = await signIn(values.email, values.password)
  if (!actor) return again(req, res, show, [{ field: 'email', text: req.t('accounts.errors.wrong') }])
  await begin(req, actor)
  const carried = carriedBy(req)
  if (carried) return sendAgain(req, res, carried)
  res.redirect(303, samePath(req.query.next, `/${req.lang}/home`))
})

signIns.post('/sign-out', async (req, res) => {
  await signOut(req.actor)
  await new Promise<void>((resolve, reject) => req.session.destroy(error => (error ? reject(error) : resolve())))
  // Answers of a test that this device still keeps go with the person (public/js/autosave.js).
  res.set('Clear-Site-Data', '"storage"')
  res.redirect(303, `/${req.lang}/`)
})

function show(req: Request, res: Response) {
  const carried = carriedBy(req)
  const page = signInPage(req, carried)
  res.render('sign-ins/new', { page: { ...page, form: formOf(req, page.form.values) } })
}

/** Signed in again in the middle of a form: what was typed waits for one more press. */
function sendAgain(req: Request, res: Response, { action, values }: Carried) {
  res.render('errors/show', {
    page: {
      status: 200,
      title: req.t('errors.signedInAgain.title'),
      text: req.t('errors.signedInAgain.text'),
      advice: req.t('errors.stale.advice'),
      requestId: req.id,
      again: { action: samePath(action, `/${req.lang}/home`), values },
    },
  })
}

/** A new sign-in session with a new key, told apart for "signed in elsewhere". */
function begin(req: Request, actor: { id: string | null }) {
  return new Promise<void>((resolve, reject) =>
    req.login(actor as Express.User, error => {
      if (error) return reject(error)
      Object.assign(req.session, { agent: req.get('user-agent')?.slice(0, 200), network: req.ip })
      resolve()
    }),
  )
}
