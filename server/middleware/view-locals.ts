import type { Request, RequestHandler } from 'express'
import type { Assets } from '../../lib/assets.ts'
import type { Config } from '../../lib/config.ts'
import { dateInWords, type DateStyle, type Moment } from '../../lib/dates.ts'
import type { Texts } from '../../lib/i18n.ts'
import { contactNow } from '../../models/settings.ts'
import { navigation } from '../../routes/present/navigation.ts'
import { zoneName } from '../../routes/present/zones.ts'
import { tokenOf } from './csrf.ts'

/** The names every view may use: see views/components/README.md. */
export const VIEW_NAMES = [
  'page',
  'part',
  't',
  'date',
  'url',
  'csrf',
  'me',
  'nav',
  'lang',
  'dir',
  'switchTo',
  'asset',
  'requestId',
]

/** Fills the fixed locals of views, in the language of the request. */
export function viewLocals(config: Config, texts: Texts, assets: Assets): RequestHandler {
  const listed = texts.languages.filter(language => language.listed)
  return (req, res, next) => {
    const language = texts.language(req.lang)!
    const path = pathOf(req)
    Object.assign(res.locals, {
      t: req.t,
      lang: language.tag,
      dir: language.dir,
      asset: assets.url,
      requestId: req.id,
      url: (to: string) => `/${req.lang}${to === '/' ? '/' : to}`,
      csrf: () => tokenOf(req),
      date: (moment: Moment, style: DateStyle = 'date', zone = req.actor.zone) => {
        const words = dateInWords(moment, language.tag, zone, style)
        return style === 'datetime' ? req.t('layout.inZone', { time: words, zone: zoneName(zone, req.t) }) : words
      },
      me: { signedIn: req.actor.signedIn, name: req.actor.name, zone: req.actor.zone, staff: req.actor.staff },
      switchTo: listed.map(({ code, tag, name }) => ({
        lang: tag,
        name,
        href: `/${code}${path}`,
        current: code === req.lang,
      })),
      nav: {
        path,
        demo: config.demo,
        contact: contactNow().email,
        alternates: listed.map(({ code, tag }) => ({ lang: tag, href: `${config.baseUrl}/${code}${path}` })),
        canonical: `${config.baseUrl}/${req.lang}${path.split('?')[0]}`,
        notice: noticeOf(req),
        ...navigation(req, path.split('?')[0]!),
      },
    })
    next()
  }
}

/** Path and query without the language: what the language switch keeps. `done` told its news once and goes. */
function pathOf(req: Request): string {
  const url = new URL(req.originalUrl, 'http://site.invalid')
  url.searchParams.delete('done')
  const prefix = `/${req.lang}`
  const path =
    url.pathname === prefix || url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : '/'
  return (path || '/') + url.search
}

/** News after an act travels as a name in the address (`?done=enrolled`): no write, nothing lost in a reload. */
function noticeOf(req: Request) {
  const name = req.query?.done
  if (typeof name !== 'string' || !/^[a-z][a-z-]{1,60}$/.test(name)) return null
  const key = `notices.${name}`
  const text = req.t(key)
  return text === key ? null : { kind: 'success', text }
}
