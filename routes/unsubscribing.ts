import { type Request, type Response, Router } from 'express'
import { localeOf, stop, stopOf } from '../models/preferring.ts'
import { found } from './guards.ts'
import { houseOf } from './house.ts'

/**
 * The end of mails of one kind (RFC 8058). A mail program posts to the address without a language, with nothing but the
 * secret in it; a person who follows the link sees a page with a button, because scanners of mail follow links too.
 */
export const oneClick = Router()
export const unsubscribing = Router()

const PATH = '/unsubscribe/:token'

oneClick.post(PATH, async (req, res) => {
  const { personId, what } = await whose(req)
  await stop(personId, what)
  res.set('Cache-Control', 'no-store').type('text/plain').send(req.t('preferences.stop.done'))
})

oneClick.get(PATH, async (req, res) => {
  const { locale } = await whose(req)
  res.redirect(303, `/${locale}/unsubscribe/${encodeURIComponent(req.params.token)}`)
})

unsubscribing.get(PATH, (req, res) => show(req, res, false))

unsubscribing.post(PATH, async (req, res) => {
  const { personId, what } = await whose(req)
  await stop(personId, what)
  await show(req, res, true)
})

async function show(req: Request<{ token: string }>, res: Response, stopped: boolean) {
  const { what } = await whose(req)
  res.set({ 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex' })
  res.render('unsubscribing/show', {
    page: {
      stopped,
      action: `/${req.lang}/unsubscribe/${encodeURIComponent(req.params.token)}`,
      topic: req.t(what === 'daily' ? 'preferences.stop.daily' : `preferences.topics.${what}.title`),
    },
  })
}

/** Whose mails the secret in the address is about; made up, or of a person who is gone, there is no such page. */
async function whose(req: Request<{ token: string }>) {
  const { config, texts } = houseOf(req)
  const { personId, what } = await found(stopOf(config.dataKey, req.params.token))
  const locale = await found(localeOf(personId))
  return { personId, what, locale: texts.language(locale)?.code ?? 'en' }
}
