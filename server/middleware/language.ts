import type { RequestHandler } from 'express'
import type { Language, Texts } from '../../lib/i18n.ts'

/** Sets the language of everything under its prefix. */
export function setLanguage(language: Language, texts: Texts): RequestHandler {
  const t = texts.translator(language.code)
  return (req, res, next) => {
    req.lang = language.code
    req.t = t
    res.set('Content-Language', language.tag)
    next()
  }
}

/** The language of a visitor without one in the address: their own choice, else the browser's, else English. */
export function preferredLanguage(texts: Texts): RequestHandler {
  const listed = texts.languages.filter(language => language.listed).map(language => language.code)
  return (req, res, next) => {
    const own = req.actor?.signedIn && listed.includes(req.actor.locale) ? req.actor.locale : undefined
    const asked = req.acceptsLanguages(...listed)
    req.lang = own ?? (asked || 'en')
    req.t = texts.translator(req.lang)
    res.vary('Accept-Language')
    next()
  }
}
