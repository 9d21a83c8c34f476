import { type Request, type RequestHandler, type Response, Router } from 'express'
import { now } from '../lib/time.ts'
import { sameChoice, savePage, saveSent } from '../models/answering.ts'
import { type AskedItem, attemptsAt, itemsOf, placeOf, type Sitting, sittingOf } from '../models/attempt.ts'
import { closeIfOver, handIn, start } from '../models/attempting.ts'
import { isAnswered } from '../models/items/kinds.ts'
import { formOf, orAgain } from './forms/again.ts'
import { postedChoices, sentAnswers, wayOn } from './forms/attempts.ts'
import { dropKept, keepForSignIn, keptChoices } from './forms/kept-choices.ts'
import { found, NotFound, signedIn } from './guards.ts'
import {
  attemptAddress,
  type Choices,
  pageOf,
  presentCheck,
  presentFront,
  presentLate,
  presentQuestions,
  presentResult,
} from './present/attempts.ts'

/** Taking the test of a training. An attempt of somebody else's is not there: 404. */
export const attempts = Router()

const ATTEMPT = '/trainings/:code/attempts/:number'

attempts.get('/trainings/:code/test', signedIn, showFront)

attempts.get('/trainings/:code/attempts', signedIn, (req, res) => {
  res.redirect(303, `/${req.lang}/trainings/${codeOf(req)}/test`)
})

attempts.post('/trainings/:code/attempts', signedIn, async (req, res) => {
  const place = await found(placeOf(req.actor, codeOf(req)))
  await orAgain(req, res, showFront, async () => {
    const attempt = await start(req.actor, place)
    res.redirect(303, `/${req.lang}/trainings/${place.code}/attempts/${attempt.number}/1`)
  })
})

attempts.get(ATTEMPT, signedIn, async (req, res) => {
  const { sitting, closed } = await sit(req)
  if (closed) return lead(req, res, sitting, 'result')
  const items = await itemsOf(sitting.id)
  const next = items.find(item => !isAnswered(item, item.value))
  lead(req, res, sitting, next ? String(pageOf(sitting, next.position)) : 'check')
})

attempts.get(`${ATTEMPT}/check`, signedIn, async (req, res) => {
  const { sitting, closed } = await sit(req)
  if (closed) return lead(req, res, sitting, 'result')
  res.render('attempts/check', { page: presentCheck(req, sitting, await itemsOf(sitting.id)) })
})

// A hand-in that met a stale token or a lost sign-in session comes back to the check page.
attempts.get(`${ATTEMPT}/handing-in`, signedIn, async (req, res) => {
  const { sitting } = await sit(req)
  lead(req, res, sitting, 'check')
})

attempts.post(`${ATTEMPT}/handing-in`, signedIn, async (req, res) => {
  const { sitting } = await sit(req)
  await handIn(req.actor, sitting)
  lead(req, res, sitting, 'result')
})

attempts.get(`${ATTEMPT}/result`, signedIn, async (req, res) => {
  const { sitting, closed } = await sit(req)
  if (!closed) return lead(req, res, sitting, 'check')
  const items = await itemsOf(sitting.id)
  res.render('attempts/result', { page: presentResult(req, sitting, await attemptsAt(sitting), items) })
})

attempts.post(`${ATTEMPT}/answers`, async (req, res) => {
  if (!req.actor.signedIn) return void res.status(401).json({ signedOut: true })
  const { sitting, closed } = await sit(req)
  const posted = req.is('json') ? sentAnswers(req.body) : undefined
  if (!posted) return void res.status(400).json({ malformed: true })
  const saving = closed ? ({ closed } as const) : await saveSent(sitting, req.lang, posted.device, posted.sent)
  if (saving.closed) {
    await closeIfOver(sitting, sitting.enrollmentId)
    return void res.status(409).json({ closed: true, late: numbers(posted.sent.map(each => each.position)) })
  }
  res.json({
    saved: saving.saved.map(each => each.counter),
    refused: saving.refused.map(each => each.counter),
    at: res.locals.date(saving.at, 'time'),
    leftMs: sitting.deadlineAt ? sitting.deadlineAt.epochMilliseconds - now().epochMilliseconds : null,
  })
})

attempts.get(`${ATTEMPT}/:page`, keepWhatWasChosen, signedIn, showQuestions)

attempts.post(`${ATTEMPT}/:page`, keepWhatWasChosen, signedIn, async (req, res) => {
  const { sitting, closed } = await sit(req)
  const items = await itemsOf(sitting.id)
  const page = pageNumberOf(req, sitting, items)
  const choices = postedChoices(req.body, positionsOn(sitting, items, page))
  const saving = closed ? { closed } : await savePage(sitting, req.lang, choices)
  dropKept(req, res)
  if (saving.closed) return tooLate(req, res, items, choices)
  const way = wayOn(req.body) ?? { page: page + 1 }
  if (way === 'check') return lead(req, res, sitting, 'check')
  const position = 'question' in way ? Math.min(way.question, items.length) : 0
  const target = position ? pageOf(sitting, position) : 'page' in way ? way.page : page
  if (target > pageOf(sitting, items.length)) return lead(req, res, sitting, 'check')
  lead(req, res, sitting, position ? `${target}#question-${position}` : String(target))
})

async function showFront(req: Request, res: Response) {
  const place = await found(placeOf(req.actor, codeOf(req)))
  let all = await attemptsAt(place)
  const open = all.find(attempt => !attempt.handedInAt)
  if (open && (await closeIfOver(open, place.enrollmentId))) all = await attemptsAt(place)
  res.render('attempts/front', { page: { ...presentFront(req, place, all), form: formOf(req) } })
}

async function showQuestions(req: Request, res: Response) {
  const { sitting, closed } = await sit(req)
  const items = await itemsOf(sitting.id)
  const page = pageNumberOf(req, sitting, items)
  const positions = positionsOn(sitting, items, page)
  const typed = req.form && postedChoices(req.form.values, positions)
  if (closed) return typed ? tooLate(req, res, items, typed) : lead(req, res, sitting, 'result')
  const before = typed ? undefined : keptChoices(req, positions)
  const kept = typed
    ? { choices: typed, why: 'stale' as const }
    : before && { choices: before, why: 'signedOut' as const }
  res.render('attempts/questions', { page: presentQuestions(req, sitting, items, page, kept) })
}

/** The page that says which choices came too late to count: 422, since nothing of it was taken. */
async function tooLate(req: Request, res: Response, items: AskedItem[], choices: Choices) {
  const { sitting } = await sit(req)
  const late = Object.fromEntries(
    items
      .filter(({ position, value }) => choices[position]?.length && !sameChoice(choices[position], value ?? []))
      .map(({ position }) => [position, choices[position]!]),
  )
  if (!Object.keys(late).length) return lead(req, res, sitting, 'result')
  res.status(422).render('attempts/late', { page: presentLate(req, sitting, items, late) })
}

/** The attempt of the address, closed first when its time is over. */
async function sit(req: Request): Promise<{ sitting: Sitting; closed: boolean }> {
  const text = String(req.params.number)
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new NotFound()
  const sitting = await found(sittingOf(req.actor, codeOf(req), Number(text)))
  if (!(await closeIfOver(sitting, sitting.enrollmentId))) return { sitting, closed: false }
  if (sitting.handedInAt) return { sitting, closed: true }
  return { sitting: await found(sittingOf(req.actor, codeOf(req), Number(text))), closed: true }
}

function pageNumberOf(req: Request, sitting: Sitting, items: AskedItem[]): number {
  const text = String(req.params.page)
  if (!/^[1-9]\d{0,2}$/.test(text) || Number(text) > pageOf(sitting, items.length)) throw new NotFound()
  return Number(text)
}

const positionsOn = (sitting: Sitting, items: AskedItem[], page: number) =>
  items.map(item => item.position).filter(position => pageOf(sitting, position) === page)

const lead = (req: Request, res: Response, sitting: Sitting, to: string) =>
  res.redirect(303, `/${req.lang}${attemptAddress(sitting)}/${to}`)

const codeOf = (req: Request) => String(req.params.code)
const numbers = (positions: number[]) => [...new Set(positions)].toSorted((one, other) => one - other)

/** A page posted after the sign-in session was lost: its choices wait on the device until the person is back. */
function keepWhatWasChosen(...[req, res, next]: Parameters<RequestHandler>) {
  const posted = req.form?.values ?? (req.method === 'POST' ? req.body : undefined)
  if (req.actor.signedIn || !posted) return next()
  keepForSignIn(req, res, posted)
  res.redirect(303, `/${req.lang}/sign-in?next=${encodeURIComponent(req.originalUrl)}`)
}
