import { type RequestHandler, Router } from 'express'
import { NotFound } from './guards.ts'
import { houseOf } from './house.ts'
import { outboxPage, showCalendar, showLetter, showMail } from './mail-pages.ts'

/** In the demo everyone reads all mails: that is how a visitor confirms an address. Elsewhere there is no such page. */
export const outbox = Router()

const PATH = '/outbox'

const inDemo: RequestHandler = (req, _res, next) => {
  if (!houseOf(req).config.demo) throw new NotFound()
  next()
}

outbox.get(PATH, inDemo, async (req, res) => {
  res.render('outbox/index', { page: await outboxPage(req, PATH) })
})
outbox.get(`${PATH}/:id`, inDemo, (req, res) => showMail(req, res, PATH))
outbox.get(`${PATH}/:id/html`, inDemo, showLetter)
outbox.get(`${PATH}/:id/calendar/:number`, inDemo, showCalendar)
