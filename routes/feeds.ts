import { type Request, type Response, Router } from 'express'
import { calendarText } from '../lib/calendar.ts'
import { log } from '../lib/log.ts'
import { fingerprint } from '../lib/secrets.ts'
import {
  entriesOf,
  feedOf,
  feedsOf,
  makeFeed,
  noteUse,
  revokeFeed,
  type Scope,
  trainingWithFeed,
  versionOf,
} from '../models/feeding.ts'
import { teachesSomewhere } from '../models/policies/teaching.ts'
import { formOf, orAgain } from './forms/again.ts'
import { found, idOf, signedIn } from './guards.ts'
import { houseOf } from './house.ts'
import { eventOf } from './present/calendar.ts'
import { wordsIn } from './present/words.ts'

/** Calendars that programs fetch by themselves. They have no language prefix: `?lang=` says it, else the person does. */
export const feeds = Router()

/** Raised whenever the same sessions are written otherwise, so that programs fetch them anew. */
const FORM = 1

feeds.get('/calendar.ics', (req, res) =>
  answer(req, res, { of: 'public' }, { lang: langOf(req, req.lang), name: t => t('calendar.names.public') }),
)

feeds.get('/trainings/:code.ics', async (req, res) => {
  const training = await found(trainingWithFeed(req.params.code))
  const lang = langOf(req, req.lang)
  await answer(
    req,
    res,
    { of: 'training', code: training.code },
    {
      lang,
      name: t => t('calendar.names.training', { title: wordsIn(training.title, lang), code: training.code }),
    },
  )
})

/** The address is the key: it is answered to whoever has it, written nowhere, and ends when its person says so. */
feeds.get('/calendar/:token.ics', async (req, res) => {
  const owner = await found(feedOf(req.params.token))
  res.once('finish', () => {
    noteUse(owner).catch(error => log.error({ err: error, id: req.id }, 'the use of a calendar was not noted'))
  })
  // With `?only=teaching` it leaves out what its person learns.
  const of = req.query.only === 'teaching' ? 'trainer' : 'person'
  await answer(
    req,
    res,
    { of, personId: owner.personId },
    { lang: langOf(req, owner.locale), name: t => t(`calendar.names.${of}`) },
  )
})

type Writing = { lang: string; name(t: Request['t']): string }

/** Rendered only when something changed: the version is asked first, and most programs have it already. */
async function answer(req: Request, res: Response, scope: Scope, { lang, name }: Writing) {
  const { config, texts } = houseOf(req)
  const language = texts.language(lang)!
  const version = fingerprint(`${FORM} ${lang} ${config.baseUrl} ${await versionOf(scope)}`).slice(0, 24)
  res.set('ETag', `W/"${version}"`)
  res.set('Cache-Control', 'personId' in scope ? 'private, no-cache' : 'public, max-age=300')
  res.set('X-Robots-Tag', 'noindex')
  if (req.fresh) return void res.status(304).end()
  const t = texts.translator(lang)
  const pen = { t, lang, tag: language.tag, baseUrl: config.baseUrl }
  const forPublic = !('personId' in scope)
  const events = (await entriesOf(scope)).map(entry => eventOf({ ...entry, training: entry }, pen, { forPublic }))
  res.type('text/calendar; charset=utf-8').send(calendarText(events, { name: name(t), language: lang }))
}

function langOf(req: Request, otherwise: string): string {
  const { texts } = houseOf(req)
  const asked = typeof req.query.lang === 'string' ? texts.language(req.query.lang) : undefined
  return asked?.code ?? texts.language(otherwise)?.code ?? 'en'
}

/** The page of one's own calendar addresses. */
export const myCalendar = Router()

const PATH = '/me/calendar'

myCalendar.get(PATH, signedIn, (req, res) => show(req, res))

/** The new address is part of this answer and of nothing else: it is shown once. */
myCalendar.post(PATH, signedIn, async (req, res) => {
  let token = ''
  if (!(await orAgain(req, res, show, async () => (token = await makeFeed(req.actor))))) return
  await show(req, res, token)
})

myCalendar.post(`${PATH}/:id/revocation`, signedIn, async (req, res) => {
  if (!(await revokeFeed(req.actor, idOf(req.params.id)))) await found(undefined)
  res.redirect(303, `/${req.lang}${PATH}?done=calendar-ended`)
})

async function show(req: Request, res: Response, token?: string) {
  const { baseUrl } = houseOf(req).config
  const rows = await feedsOf(req.actor.id!)
  res.set('Cache-Control', 'private, no-store')
  res.render('calendar/show', {
    page: {
      rows,
      form: formOf(req),
      made: token ? addresses(`${baseUrl}/calendar/${token}.ics`) : null,
      teaching:
        token && teachesSomewhere(req.actor) ? addresses(`${baseUrl}/calendar/${token}.ics?only=teaching`) : null,
      everything: addresses(`${baseUrl}/calendar.ics?lang=${req.lang}`),
    },
  })
}

/** The address as programs take it: to paste, and to open by the calendar program of the device. */
const addresses = (https: string) => ({ https, webcal: https.replace(/^https?:/, 'webcal:') })
