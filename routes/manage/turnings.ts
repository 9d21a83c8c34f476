import { type Request, type Response, Router } from 'express'
import { closeTraining, missingOf, postponeTraining, publishTraining, cancelTraining } from '../../models/turning.ts'
import { countConcerned } from '../../models/announcing.ts'
import { requestBehind } from '../../models/fulfilling.ts'
import { peopleInCharge } from '../../models/people-in-charge.ts'
import { step } from '../../models/policies/running.ts'
import { overviewOf } from '../../models/overview.ts'
import { again, errorsOf, formOf, orAgain, parse } from '../forms/again.ts'
import { reasonForm } from '../forms/trainings.ts'
import { found, signedIn } from '../guards.ts'
import { trainingOverview } from '../present/overview.ts'
import { runnable, trainingSeen } from '../running.ts'

/** A training from the Center's side: where it stands, what it still needs, and the steps of its life. */
export const manageTurnings = Router()

const PATH = '/manage/trainings/:code'

manageTurnings.get(PATH, signedIn, async (req: Request, res: Response) => {
  const training = await trainingSeen(req)
  const missing = ['draft', 'postponed'].includes(training.status) ? await missingOf(training) : []
  const overview = await found(overviewOf(training.id))
  res.render('manage/turnings/show', {
    page: trainingOverview(req, training, overview, {
      missing,
      people: await peopleInCharge(training.id),
      request: (await requestBehind(req.actor, training.id))?.code ?? null,
    }),
  })
})

manageTurnings.get(`${PATH}/publication`, signedIn, showPublication)

manageTurnings.post(`${PATH}/publication`, signedIn, async (req: Request, res: Response) => {
  const training = await runnable(req)
  if (!(await orAgain(req, res, showPublication, () => publishTraining(req.actor, training)))) return
  res.redirect(303, `/${req.lang}/manage/trainings/${training.code}?done=training-published`)
})

manageTurnings.get(`${PATH}/closing`, signedIn, showClosing)

manageTurnings.post(`${PATH}/closing`, signedIn, async (req: Request, res: Response) => {
  const training = await runnable(req)
  if (!(await orAgain(req, res, showClosing, () => closeTraining(req.actor, training)))) return
  res.redirect(303, `/${req.lang}/manage/trainings/${training.code}?done=training-closed`)
})

for (const [noun, act, to] of [
  ['postponement', postponeTraining, 'postponed'],
  ['cancellation', cancelTraining, 'canceled'],
] as const) {
  const show = reasonPage(noun)
  manageTurnings.get(`${PATH}/${noun}`, signedIn, show)
  manageTurnings.post(`${PATH}/${noun}`, signedIn, async (req: Request, res: Response) => {
    const training = await runnable(req)
    const { values, errors } = parse(req, reasonForm)
    if (errors) return again(req, res, show, errors)
    const reason = { en: values.reasonEn, ru: values.reasonRu }
    if (!(await orAgain(req, res, show, () => act(req.actor, training, reason)))) return
    res.redirect(303, `/${req.lang}/manage/trainings/${training.code}?done=training-${to}`)
  })
}

async function showPublication(req: Request, res: Response) {
  const training = await runnable(req)
  const missing = await missingOf(training)
  res.render('manage/turnings/publication', {
    page: {
      code: training.code,
      form: formOf(req),
      allowed: step(training, 'published').ok,
      missing: missing.map(key => req.t(`openings.missing.${key}`)),
      notHeld: missing.includes('notHeld'),
    },
  })
}

async function showClosing(req: Request, res: Response) {
  const training = await runnable(req)
  res.render('manage/turnings/closing', {
    page: { code: training.code, form: formOf(req), allowed: step(training, 'closed').ok },
  })
}

function reasonPage(noun: 'postponement' | 'cancellation') {
  return async (req: Request, res: Response) => {
    const training = await runnable(req)
    const form = formOf(req)
    res.render('manage/turnings/reason', {
      page: {
        code: training.code,
        noun,
        form,
        errorOf: errorsOf(form),
        concerned: await countConcerned(training.id, []),
        allowed: step(training, noun === 'postponement' ? 'postponed' : 'canceled').ok,
      },
    })
  }
}
