import { type Request, type Response, Router } from 'express'
import { type AgendaTraining, agendaTraining } from '../../models/agenda.ts'
import { callOffAndTell, countConcerned } from '../../models/announcing.ts'
import { announces, changesPlan, seesPlan, trainsIn } from '../../models/policies/session.ts'
import { no, Refused } from '../../models/refused.ts'
import { offeredResources } from '../../models/resource.ts'
import { reschedule, schedule, sessionOf } from '../../models/scheduling.ts'
import type { Session } from '../../models/session.ts'
import { bookablePeople, bookingsOf, peopleByAddress } from '../../models/session-people.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { addressesIn, cancellationForm, planOf, seriesOf, sessionForm, type SessionValues } from '../forms/sessions.ts'
import { found, idOf, permit, signedIn } from '../guards.ts'
import { houseOf } from '../house.ts'
import { speakerOf, spanInWords } from '../present/moments.ts'
import { planHead } from '../present/plans.ts'
import { refusalErrors, sessionPage, valuesOf } from '../present/session-forms.ts'
import { wordsIn } from '../present/words.ts'
import type { FieldError } from '../request.ts'
import { planOfTraining } from './agendas.ts'

export const manageSessions = Router()

const PATH = '/manage/trainings/:code/sessions'

manageSessions.get(`${PATH}/new`, signedIn, showNew)

manageSessions.post(`${PATH}/new`, signedIn, async (req: Request, res: Response) => {
  const training = await changeable(req)
  const values = await valuesPosted(req, res, showNew, training)
  if (!values) return
  const { plan, series } = values
  let ids: string[] = []
  const done = await planned(req, res, showNew, plan, async () => {
    ids = await schedule(req.actor, training.id, plan, series)
  })
  if (done)
    res.redirect(303, await savedAddress(req, training, ids, ids.length > 1 ? 'sessions-planned' : 'session-planned'))
})

manageSessions.get(`${PATH}/:id`, signedIn, showEdit)

manageSessions.post(`${PATH}/:id`, signedIn, async (req: Request, res: Response) => {
  const training = await changeable(req)
  const session = await standing(req, training)
  const values = await valuesPosted(req, res, showEdit, training, session.id)
  if (!values) return
  const done = await planned(req, res, showEdit, values.plan, () => reschedule(req.actor, session, values.plan))
  if (done) res.redirect(303, await savedAddress(req, training, [session.id], 'session-changed'))
})

manageSessions.get(`${PATH}/:id/cancellation`, signedIn, showCancellation)

manageSessions.post(`${PATH}/:id/cancellation`, signedIn, async (req: Request, res: Response) => {
  const training = await changeable(req)
  const session = await standing(req, training)
  if (!session.published) {
    await callOffAndTell(req.actor, session, { en: '', ru: '' })
    return res.redirect(303, await savedAddress(req, training, [], 'session-removed'))
  }
  permit(announces(training))
  const { values, errors } = parse(req, cancellationForm)
  if (errors) return again(req, res, showCancellation, errors)
  const why = { en: values.reasonEn, ru: values.reasonRu }
  if (!(await orAgain(req, res, showCancellation, () => callOffAndTell(req.actor, session, why)))) return
  res.redirect(303, await savedAddress(req, training, [], 'session-called-off'))
})

async function showNew(req: Request, res: Response) {
  const training = await changeable(req)
  const form = formOf(req, {
    kind: 'session',
    counts: 'yes',
    zone: training.zone,
    // A trainer who plans a session teaches it, unless they say otherwise.
    trainers: trainsIn(req.actor, training) ? [req.actor.id] : [],
    times: '1',
    everyDays: '7',
    ...prefilled(req),
  })
  const choices = { people: await bookablePeople(training.id), resources: await offeredResources(null) }
  res.render('manage/sessions/new', { page: sessionPage(req, speakerOf(req), training, form, choices) })
}

async function showEdit(req: Request, res: Response) {
  const training = await changeable(req)
  const session = await standing(req, training)
  const form = formOf(req, valuesOf(session, await bookingsOf(session.id)))
  const choices = { people: await bookablePeople(training.id), resources: await offeredResources(session.id) }
  res.render('manage/sessions/edit', {
    page: {
      ...sessionPage(req, speakerOf(req), training, form, choices),
      id: session.id,
      isKnown: session.published !== null,
      attendance:
        session.kind === 'session'
          ? `/${req.lang}/manage/trainings/${training.code}/sessions/${session.id}/attendance`
          : null,
    },
  })
}

async function showCancellation(req: Request, res: Response) {
  const training = await changeable(req)
  const session = await standing(req, training)
  const told = session.published
  const say = speakerOf(req)
  const [from, to, zone] = told
    ? [Temporal.Instant.from(told.startsAt), Temporal.Instant.from(told.endsAt), told.zone]
    : [session.startsAt, session.endsAt, session.zone]
  res.render('manage/sessions/cancellation', {
    page: {
      ...planHead(req, training),
      form: formOf(req),
      id: session.id,
      isKnown: told !== null,
      session: wordsIn(told?.title ?? session.title, req.lang),
      when: spanInWords(say, from, to, zone),
      concerned: told
        ? await countConcerned(training.id, [{ sessionId: session.id, what: 'canceled', was: told, is: told }])
        : 0,
    },
  })
}

/** The training of the address while its sessions may be changed. */
async function changeable(req: Request): Promise<AgendaTraining> {
  const training = await planOfTraining(req)
  permit(changesPlan(training))
  return training
}

async function standing(req: Request, training: AgendaTraining): Promise<Session> {
  const session = await found(sessionOf(training.id, idOf(req.params.id)))
  permit(session.canceledAt ? no('session.calledOff') : true)
  return session
}

type Show = (req: Request, res: Response) => unknown

/** The posted form as a plan; undefined when the page has gone out again with what is wrong. */
async function valuesPosted(
  req: Request,
  res: Response,
  show: Show,
  training: AgendaTraining,
  sessionId: string | null = null,
) {
  const { values, errors } = parse(req, sessionForm)
  const others = await interpretersOf(req, values)
  const wrong = [
    ...(errors ?? []),
    ...others.unknown.map(address => ({ field: 'addresses', text: req.t('sessions.errors.address', { address }) })),
    ...(values ? await notOffered(req, values, training.id, sessionId) : []),
  ]
  if (wrong.length || !values) {
    await again(req, res, show, wrong)
    return undefined
  }
  const { texts } = houseOf(req)
  const pause = { en: texts.translator('en')('sessions.pause'), ru: texts.translator('ru')('sessions.pause') }
  return { plan: planOf(values, pause, others.ids), series: seriesOf(values) }
}

/** Only whom and what the form offered can be booked. */
async function notOffered(req: Request, values: SessionValues, trainingId: string, sessionId: string | null) {
  const people = new Set((await bookablePeople(trainingId)).map(each => each.id))
  const things = await offeredResources(sessionId)
  const errors: FieldError[] = []
  for (const field of ['trainers', 'moderator', 'interpreters'] as const)
    if ([values[field]].flat().some(id => id && !people.has(id)))
      errors.push({ field, text: req.t('sessions.errors.person') })
  for (const kind of ['room', 'link'] as const)
    if (values[kind] && !things.some(each => each.kind === kind && each.id === values[kind]))
      errors.push({ field: kind, text: req.t('sessions.errors.resource') })
  return errors
}

/** Interpreters named by their address. Only staff look people up: an answer says who has an account. */
async function interpretersOf(
  req: Request,
  values: SessionValues | undefined,
): Promise<{ ids: string[]; unknown: string[] }> {
  const addresses = req.actor.staff && values?.kind === 'session' ? addressesIn(values.addresses) : []
  if (!addresses.length) return { ids: [], unknown: [] }
  const known = await peopleByAddress(addresses)
  return { ids: [...new Set(known.values())], unknown: addresses.filter(each => !known.has(each.toLowerCase())) }
}

/** Plans; a refusal becomes the page again, with every reason beside its field. */
async function planned(
  req: Request,
  res: Response,
  show: Show,
  { wanted }: { wanted: Parameters<typeof refusalErrors>[2] },
  act: () => Promise<unknown>,
) {
  try {
    await act()
    return true
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    await again(req, res, show, refusalErrors(speakerOf(req), error, wanted))
    return false
  }
}

/** The plan again; whoever gave up their own part by this act has no plan any more, and comes to their own page. */
async function savedAddress(req: Request, { code }: AgendaTraining, ids: string[], done: string): Promise<string> {
  const saved = ids.length ? `&saved=${ids.join('.')}` : ''
  const after = await agendaTraining(code, req.actor.id)
  return after && seesPlan(req.actor, after)
    ? `/${req.lang}/manage/trainings/${code}/agenda?done=${done}${saved}`
    : `/${req.lang}/teaching?done=${done}`
}

/** Fields that the planning strip fills in beforehand. */
function prefilled(req: Request): Record<string, string> {
  const given = ['date', 'starts', 'ends', 'zone'].flatMap(field => {
    const value = req.query[field]
    return typeof value === 'string' && value.length <= 80 ? [[field, value]] : []
  })
  return Object.fromEntries(given)
}
