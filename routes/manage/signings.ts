import { type Request, type Response, Router } from 'express'
import { EXAMPLE_NAMES, exampleOf } from '../../models/certificate-example.ts'
import { specimenOf } from '../../models/certificate-printing.ts'
import { roomForLogo } from '../../models/changing-settings.ts'
import {
  addOwnLogo,
  addProjectLogo,
  logoChoices,
  logosOf,
  logosOfCenter,
  removeOwnLogo,
  signersOf,
  signOwn,
} from '../../models/signing.ts'
import { sendPdf, slowly } from '../certificates.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { signatoriesForm, signatoriesOf, signatoryErrors, valuesOfSignatories } from '../forms/settings.ts'
import { found, idOf, signedIn } from '../guards.ts'
import { pressOf } from '../house.ts'
import { postedLogo, sendLogo } from '../kept-logos.ts'
import { runnable } from '../running.ts'

/** Who signs the certificates of one training, and which logos stand on them: the Center's, or its own. */
export const manageSignings = Router()

const PATH = '/manage/trainings/:code/signing'
const back = (req: Request, code: string) => `/${req.lang}/manage/trainings/${code}/signing`

manageSignings.get(PATH, signedIn, show)

manageSignings.post(`${PATH}/signatories`, signedIn, async (req: Request, res: Response) => {
  const training = await runnable(req)
  const { values, errors } = parse(req, signatoriesForm)
  if (errors) return again(req, res, show, errors)
  const wrong = await signatoryErrors(req, pressOf(req), values)
  if (wrong.length) return again(req, res, show, wrong)
  await signOwn(req.actor, training.id, signatoriesOf(values))
  res.redirect(303, `${back(req, training.code)}?done=saved`)
})

manageSignings.post(`${PATH}/signatories/default`, signedIn, async (req: Request, res: Response) => {
  const training = await runnable(req)
  await signOwn(req.actor, training.id, null)
  res.redirect(303, `${back(req, training.code)}?done=saved`)
})

manageSignings.post(`${PATH}/logos`, signedIn, async (req: Request, res: Response) => {
  const training = await runnable(req)
  const { logo, errors } = await postedLogo(req)
  if (errors) return again(req, res, show, errors)
  if (!(await orAgain(req, res, show, () => addOwnLogo(req.actor, training.id, logo)))) return
  res.redirect(303, `${back(req, training.code)}?done=saved`)
})

for (const [noun, act] of [
  ['project', addProjectLogo],
  ['default', logosOfCenter],
] as const)
  manageSignings.post(`${PATH}/logos/${noun}`, signedIn, async (req: Request, res: Response) => {
    const training = await runnable(req)
    if (!(await orAgain(req, res, show, () => act(req.actor, training.id)))) return
    res.redirect(303, `${back(req, training.code)}?done=saved`)
  })

/** The sheet as it would be today, marked as a specimen. */
manageSignings.get(`${PATH}/specimen.pdf`, signedIn, async (req: Request, res: Response) => {
  const training = await runnable(req)
  const example = await found(exampleOf(training.id))
  await slowly(req)
  const pdf = await specimenOf(pressOf(req), example.snapshot, example.kind, EXAMPLE_NAMES)
  const name = `RTCM certificate specimen ${training.code}.pdf`
  sendPdf(res, pdf, { ascii: name, utf8: name })
})

manageSignings.get(`${PATH}/logos/:id`, signedIn, async (req: Request, res: Response) => {
  const training = await runnable(req)
  const id = idOf(req.params.id)
  const logo = await found((await logosOf(training.id)).find(each => each.id === id))
  await sendLogo(req, res, logo.sha256)
})

manageSignings.post(`${PATH}/logos/:id/removal`, signedIn, async (req: Request, res: Response) => {
  const training = await runnable(req)
  await removeOwnLogo(req.actor, training.id, idOf(req.params.id))
  res.redirect(303, `${back(req, training.code)}?done=saved`)
})

async function show(req: Request, res: Response) {
  const training = await runnable(req)
  const logos = await logosOf(training.id)
  const choices = await logoChoices(training.id)
  const base = back(req, training.code)
  const signers = await signersOf(training.signatories)
  const form = formOf(req, { ...valuesOfSignatories(signers), name: '' })
  res.render('manage/signings/show', {
    page: {
      code: training.code,
      base,
      form,
      specimen: signers.length ? `${base}/specimen.pdf` : null,
      own: Boolean(training.signatories?.length),
      ownLogos: choices.own,
      logos: logos.map(({ id, name }) => ({ id, name, src: `${base}/logos/${id}` })),
      room: roomForLogo(logos.length).ok,
      projectLogo: choices.project !== null && !logos.some(({ id }) => id === choices.project),
    },
  })
}
