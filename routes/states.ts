import { type Request, type RequestHandler, type Response, Router } from 'express'
import { type OwnPerson, ownPeople, ownPeopleCount, statesSeen } from '../models/own-people.ts'
import { ownStates } from '../models/policies/mandate.ts'
import { requestsFor } from '../models/request.ts'
import { stateAccesses } from '../models/state-accesses.ts'
import { centerDay, centerDays } from '../models/working-days.ts'
import { now } from '../lib/time.ts'
import { found, idOf, NotFound, signedIn } from './guards.ts'
import { countryName } from './present/people.ts'
import { requestLine } from './present/requests.ts'
import { ownPersonRow } from './present/states.ts'
import { seenAfterAnswer } from './seen.ts'

/** The place of a State: what waits for its focal points, its own people, its requests. To others it does not exist. */
export const states = Router()

const SIZE = 50
const AT_HOME = 5

/** For those who stand for a State today; a mandate that has ended leaves nothing behind. */
export const focalPoint: RequestHandler = (req, res, next) => {
  if (!req.actor.signedIn) return signedIn(req, res, next)
  if (!ownStates(req.actor).length) throw new NotFound()
  next()
}

/** The latest requests of the States the reader stands for, with what is theirs to do and by when. */
export async function stateRequests(req: Request) {
  const requests = await requestsFor({ ...req.actor, staff: false }, null, SIZE)
  const host = await centerDays(centerDay(now()).subtract({ days: 60 }), centerDay(now()).add({ days: 60 }))
  return requests.map(row => requestLine(req, row, 'state', host))
}

states.get('/state', focalPoint, async (req, res) => {
  const lines = await stateRequests(req)
  const seesPeople = statesSeen(req.actor).length > 0
  const people = seesPeople ? await ownPeople(req.actor, null, AT_HOME) : []
  see(req, res, people)
  res.render('states/home', {
    page: {
      state: namesOf(req),
      waits: lines.filter(line => line.waits),
      requests: lines,
      seesPeople,
      count: seesPeople ? await ownPeopleCount(req.actor) : 0,
      people: people.map(line => ownPersonRow(req, line)),
    },
  })
})

states.get('/state/people', focalPoint, async (req, res) => {
  await found(statesSeen(req.actor).length || undefined)
  const { before, base } = paging(req, '/state/people')
  const all = await ownPeople(req.actor, before, SIZE + 1)
  const shown = all.slice(0, SIZE)
  see(req, res, shown)
  res.render('states/people', {
    page: {
      state: namesOf(req),
      people: shown.map(line => ownPersonRow(req, line)),
      newest: before ? base : null,
      older: all.length > SIZE ? `${base}?before=${shown.at(-1)!.id}` : null,
    },
  })
})

states.get('/state/access', focalPoint, async (req, res) => {
  await found(statesSeen(req.actor).length || undefined)
  const { before, base } = paging(req, '/state/access')
  const all = await stateAccesses(req.actor, before, SIZE + 1)
  const shown = all.slice(0, SIZE)
  res.render('states/access', {
    page: {
      state: namesOf(req),
      rows: shown.map(({ at, viewer, center, person, request, open }) => ({
        at,
        viewer: viewer ?? req.t('people.erased'),
        center,
        person: request ? null : (person ?? req.t('people.erased')),
        request,
        open,
      })),
      newest: before ? base : null,
      older: all.length > SIZE ? `${base}?before=${shown.at(-1)!.id}` : null,
    },
  })
})

const namesOf = (req: Request) =>
  ownStates(req.actor)
    .map(each => countryName(each, req.lang))
    .join(', ')

function paging(req: Request, path: string) {
  const before = typeof req.query.before === 'string' ? idOf(req.query.before) : null
  return { before, base: `/${req.lang}${path}` }
}

/** Each look is written down, in the name of the State whose people they are. */
function see(req: Request, res: Response, people: OwnPerson[]) {
  for (const [state, all] of Map.groupBy(people, person => person.state))
    seenAfterAnswer(req, res, [...new Set(all.map(({ personId }) => personId))], 'state', state)
}
