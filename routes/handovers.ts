import { type Request, type Response, Router } from 'express'
import { focalPointsOf } from '../models/focal-points.ts'
import { dropHandover, proposeHandover } from '../models/mandating.ts'
import { namesSuccessor, ownStates } from '../models/policies/mandate.ts'
import { again, formOf, orAgain, parse } from './forms/again.ts'
import { proposalForm } from './forms/mandates.ts'
import { found } from './guards.ts'
import { lineOf } from './manage/focal-points.ts'
import { countryName } from './present/people.ts'
import { focalPoint } from './states.ts'

/** Who stands for the State, and whom the main focal point proposes to come after. */
export const handovers = Router()

const PATH = '/state/focal-points'

handovers.get(PATH, focalPoint, show)

handovers.post(`${PATH}/handover`, focalPoint, async (req, res) => {
  const state = await mainOf(req)
  const { values, errors } = parse(req, proposalForm)
  if (errors) return again(req, res, show, errors)
  const propose = async () => proposeHandover(req.actor, state, values.email, values.note || null)
  if (await orAgain(req, res, show, propose)) res.redirect(303, `/${req.lang}${PATH}?done=handover-proposed`)
})

handovers.post(`${PATH}/handover/dropping`, focalPoint, async (req, res) => {
  const state = await mainOf(req)
  const own = (await focalPointsOf([state])).find(each => each.personId === req.actor.id && each.part === 'main')
  if (own) await dropHandover(req.actor, state, own.id)
  res.redirect(303, `/${req.lang}${PATH}?done=handover-dropped`)
})

const mainOf = (req: Request): Promise<string> =>
  found(ownStates(req.actor).find(state => namesSuccessor(req.actor, state)))

async function show(req: Request, res: Response) {
  const all = await focalPointsOf(ownStates(req.actor))
  const own = all.find(each => each.personId === req.actor.id && each.part === 'main')
  res.render('states/focal-points', {
    page: {
      state: ownStates(req.actor)
        .map(each => countryName(each, req.lang))
        .join(', '),
      people: all.map(each => lineOf(req, each)),
      proposes: Boolean(own),
      proposed: own?.proposal?.address ?? null,
      form: formOf(req),
    },
  })
}
