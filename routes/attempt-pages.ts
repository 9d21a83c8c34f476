import { type Request, type RequestHandler, type Response, Router } from 'express'
import { now } from '../lib/time.ts'
import { sameChoice, type Saving, savePage, saveSent } from '../models/answering.ts'
import { type AskedItem, isOver, itemsOf, type Sitting } from '../models/attempt.ts'
import { closeIfDue } from '../models/closing-attempts.ts'
import { postedChoices, sentAnswers, wayOn } from './forms/attempts.ts'
import { dropKept, keepForSignIn, keptChoices } from './forms/kept-choices.ts'
import { typing } from './forms/saving.ts'
import { NotFound, signedIn } from './guards.ts'
import { type Choices, givenBackIn, pageOf, presentLate, presentQuestions } from './present/attempts.ts'
import { ATTEMPT, lead, sit } from './sitting.ts'

/** The pages of questions of an attempt, and the answers that its script saves. */
export const attemptPages = Router()

attemptPages.post(`${ATTEMPT}/answers`, typing, async (req, res) => {
  const { sitting } = await sit(req)
  const posted = req.is('json') ? sentAnswers(req.body) : undefined
  if (!posted) return void res.status(400).json({ malformed: true })
  const saving = await saveSent(sitting, req.lang, posted.device, posted.sent)
  if (saving.closed) {
    await closeIfDue(sitting, sitting.enrollmentId)
    return void res.status(409).json({ closed: true, late: numbers(posted.sent) })
  }
  res.json(acknowledged(req, res, saving))
})

attemptPages.get(`${ATTEMPT}/:page`, keepWhatWasChosen, signedIn, showQuestions)

attemptPages.post(`${ATTEMPT}/:page`, keepWhatWasChosen, signedIn, async (req, res) => {
  const { sitting } = await sit(req)
  const items = await itemsOf(sitting.id)
  const page = pageNumberOf(req, sitting, items)
  const choices = postedChoices(req.body, positionsOn(sitting, items, page))
  const saving = await savePage(sitting, req.lang, choices)
  dropKept(req, res)
  if (saving.closed) {
    await closeIfDue(sitting, sitting.enrollmentId)
    return tooLate(req, res, items, choices)
  }
  const way = wayOn(req.body) ?? { page: page + 1 }
  if (way === 'check') return lead(req, res, sitting, 'check')
  const position = 'question' in way ? Math.min(way.question, items.length) : 0
  const target = position ? pageOf(sitting, position) : 'page' in way ? way.page : page
  if (target > pageOf(sitting, items.length)) return lead(req, res, sitting, 'check')
  lead(req, res, sitting, position ? `${target}#question-${position}` : String(target))
})

/** What the script is told: which of its answers are safe, when, how much time is left, and whether time was given back. */
function acknowledged(req: Request, res: Response, { saved, refused, late, at, attempt }: Saving & { closed: false }) {
  return {
    saved: saved.map(each => each.counter),
    refused: refused.map(each => each.counter),
    late: late.map(each => each.counter),
    at: res.locals.date(at, 'time'),
    over: isOver(attempt, at),
    leftMs: attempt.deadlineAt ? Math.max(0, attempt.deadlineAt.epochMilliseconds - now().epochMilliseconds) : null,
    givenBack: givenBackIn(req, attempt),
  }
}

async function showQuestions(req: Request, res: Response) {
  const { sitting, state } = await sit(req)
  const items = await itemsOf(sitting.id)
  const page = pageNumberOf(req, sitting, items)
  const positions = positionsOn(sitting, items, page)
  const typed = req.form && postedChoices(req.form.values, positions)
  if (state !== 'open') return typed ? tooLate(req, res, items, typed) : lead(req, res, sitting, 'result')
  const before = typed ? undefined : keptChoices(req, positions)
  const kept = typed
    ? { choices: typed, why: 'stale' as const }
    : before && { choices: before, why: 'signedOut' as const }
  res.render('attempts/questions', { page: presentQuestions(req, sitting, items, page, kept) })
}

/** The page that says which choices came too late to count: 422, since nothing of it was taken. */
async function tooLate(req: Request, res: Response, items: AskedItem[], choices: Choices) {
  const { sitting, state } = await sit(req)
  const late = Object.fromEntries(
    items
      .filter(({ position, value }) => choices[position]?.length && !sameChoice(choices[position], value ?? []))
      .map(({ position }) => [position, choices[position]!]),
  )
  if (!Object.keys(late).length) return lead(req, res, sitting, 'result')
  res.status(422).render('attempts/late', { page: presentLate(req, sitting, state, items, late) })
}

function pageNumberOf(req: Request, sitting: Sitting, items: AskedItem[]): number {
  const text = String(req.params.page)
  if (!/^[1-9]\d{0,2}$/.test(text) || Number(text) > pageOf(sitting, items.length)) throw new NotFound()
  return Number(text)
}

const positionsOn = (sitting: Sitting, items: AskedItem[], page: number) =>
  items.map(item => item.position).filter(position => pageOf(sitting, position) === page)

const numbers = (sent: { position: number }[]) =>
  [...new Set(sent.map(each => each.position))].toSorted((one, other) => one - other)

/** A page posted after the sign-in session was lost: its choices wait on the device until the person is back. */
function keepWhatWasChosen(...[req, res, next]: Parameters<RequestHandler>) {
  const posted = req.form?.values ?? (req.method === 'POST' ? req.body : undefined)
  if (req.actor.signedIn || !posted) return next()
  keepForSignIn(req, res, posted)
  res.redirect(303, `/${req.lang}/sign-in?next=${encodeURIComponent(req.originalUrl)}`)
}
