import { type Request, type Response, Router } from 'express'
import { keep, kept } from '../../lib/storage.ts'
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
import {
  logoForm,
  logoOf,
  signatoriesForm,
  signatoriesOf,
  signatoryErrors,
  valuesOfSignatories,
} from '../forms/settings.ts'
import { found, idOf, signedIn } from '../guards.ts'
import { houseOf, pressOf } from '../house.ts'
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
  const { values, errors } = parse(req, logoForm)
  const logo = await logoOf(req, pressOf(req))
  if (errors || 'error' in logo)
    return again(req, res, show, [...(errors ?? []), ...('error' in logo ? [logo.error] : [])])
  const bytes = Buffer.from(logo.svg)
  const sha256 = await keep(houseOf(req).config.uploadsDir, bytes)
  const picture = { sha256, size: bytes.length, name: values.name }
  if (!(await orAgain(req, res, show, () => addOwnLogo(req.actor, training.id, picture)))) return
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

/** A logo as it will be printed. Nothing in it may run, whoever made it. */
manageSignings.get(`${PATH}/logos/:id`, signedIn, async (req: Request, res: Response) => {
  const training = await runnable(req)
  const id = idOf(req.params.id)
  const logo = await found((await logosOf(training.id)).find(each => each.id === id))
  res.set('Content-Security-Policy', "default-src 'none'; img-src data:; frame-ancestors 'none'; sandbox")
  res.type('svg').send(await kept(houseOf(req).config.uploadsDir, logo.sha256))
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
