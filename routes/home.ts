import { type Request, Router } from 'express'
import { standingsOf } from '../models/completing.ts'
import { openDaysOf } from '../models/evaluating-days.ts'
import { dutiesOf, LISTS, wholeList } from '../models/duties.ts'
import { waitingEssays } from '../models/essay.ts'
import { waitingFor } from '../models/marked-work.ts'
import { enrollmentsOf, lessonStepsOf } from '../models/my-learning.ts'
import { windowsFor } from '../models/showing-codes.ts'
import { now } from '../lib/time.ts'
import { ownStates } from '../models/policies/mandate.ts'
import { isTranslator } from '../models/policies/draft.ts'
import { assesses } from '../models/policies/marking.ts'
import { teachesSomewhere } from '../models/policies/teaching.ts'
import { ownSessions } from '../models/teaching.ts'
import { ownTranslations } from '../models/translation.ts'
import { found, signedIn } from './guards.ts'
import { dutiesPage } from './present/duties.ts'
import { homePage } from './present/home.ts'
import { stateBlock } from './present/states.ts'
import { teachingBlock } from './present/teaching.ts'
import { ownTranslationLines } from './present/translations.ts'
import { stateRequests } from './states.ts'

export const home = Router()

home.get('/home', signedIn, async (req, res) => {
  const enrollments = await enrollmentsOf(req.actor.id!)
  const ids = enrollments.map(each => each.id)
  const standings = await standingsOf(ids)
  const lessons = await lessonStepsOf(enrollments.filter(each => !each.certificateIssuedAt).map(each => each.id))
  const meets = enrollments.some(each => each.format !== 'self_paced' && each.status === 'enrolled')
  const windows = meets ? await windowsFor(req.actor.id!) : []
  const days = enrollments.some(each => each.lastBegins) ? await openDaysOf(req.actor.id!) : []
  const duties = await dutiesOf(req.actor)
  const page = homePage(req, { enrollments, standings, lessons, duties, windows, days })
  res.render('home/show', {
    page: { ...page, teaching: await ownTeaching(req), state: await ownState(req), translations: await ownQueue(req) },
  })
})

/** One list of what waits, with all its lines: the home shows the first ones. */
home.get('/waiting/:list', signedIn, async (req, res) => {
  const name = await found(LISTS.find(each => each === req.params.list))
  const duties = await found((await wholeList(req.actor, name)) ?? undefined)
  res.render('home/waiting', { page: { title: req.t(`duties.lists.${name}`), duties: dutiesPage(req, duties) } })
})

/** What the home of a focal point begins with; null for those who stand for no State. */
async function ownState(req: Request) {
  if (!ownStates(req.actor).length) return null
  return stateBlock(
    req,
    (await stateRequests(req)).filter(({ waits }) => waits),
  )
}

/** What a translator's home begins with; null for everyone else. */
const ownQueue = async (req: Request) =>
  isTranslator(req.actor) ? { lines: ownTranslationLines(req, await ownTranslations(req.actor.id!)) } : null

/** What the home of who teaches or marks begins with; null for everyone else. */
async function ownTeaching(req: Request) {
  const teaches = teachesSomewhere(req.actor)
  if (!teaches && !assesses(req.actor)) return null
  const waiting = (await waitingFor(req.actor.id!)).length + (await waitingEssays(req.actor.id!)).length
  const next = teaches ? teachingBlock(req, await ownSessions(req.actor.id!, now(), 5)) : null
  return { next, waiting, teaches }
}
