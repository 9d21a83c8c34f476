import { type Request, type Response, Router } from 'express'
import { queueState } from '../../lib/queue.ts'
import { now } from '../../lib/time.ts'
import { mailInFull } from '../../models/outbox.ts'
import { sendAgain } from '../../models/retrying.ts'
import { found, idOf, staff } from '../guards.ts'
import { outboxPage, showCalendar, showLetter, showMail } from '../mail-pages.ts'
import { queueFacts } from '../present/mails.ts'

export const manageMails = Router()

const PATH = '/manage/mails'

manageMails.get(PATH, staff, async (req: Request, res: Response) => {
  const queue = queueFacts(await queueState(), now())
  res.render('manage/mails/index', { page: { ...(await outboxPage(req, PATH)), queue } })
})

manageMails.get(`${PATH}/:id`, staff, (req: Request, res: Response) => showMail(req, res, PATH))
manageMails.get(`${PATH}/:id/html`, staff, showLetter)
manageMails.get(`${PATH}/:id/calendar/:number`, staff, showCalendar)

/** A mail that failed, or was kept while there was no mail server, is sent after all. */
manageMails.post(`${PATH}/:id/sending`, staff, async (req: Request, res: Response) => {
  const { id } = await found(mailInFull(idOf(req.params.id)))
  await sendAgain(req.actor, id)
  res.redirect(303, `/${req.lang}${PATH}/${id}?done=mail-queued`)
})
