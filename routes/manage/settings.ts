import { type Request, type Response, Router } from 'express'
import {
  addLogo,
  changeContact,
  changeSignatories,
  logos,
  removeLogo,
  roomForLogo,
} from '../../models/changing-settings.ts'
import * as policy from '../../models/policies/certificate.ts'
import { setting } from '../../models/settings.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { contactForm, signatoriesForm, signatoriesOf, signatoryErrors, valuesOfSignatories } from '../forms/settings.ts'
import { found, idOf, permit, staff } from '../guards.ts'
import { pressOf } from '../house.ts'
import { postedLogo, sendLogo } from '../kept-logos.ts'
import { wordsIn } from '../present/words.ts'

export const manageSettings = Router()

const PATH = '/manage/settings'

manageSettings.get(PATH, staff, async (req, res) => {
  const [signatories, contact, own] = [await setting('signatories'), await setting('contact'), await logos()]
  res.render('manage/settings/index', {
    page: {
      signatories: signatories.map(({ name, post }) => [`${name.en}, ${post.en}`, `${name.ru}, ${post.ru}`]),
      contact: { email: contact.email, hours: wordsIn(contact.hours, req.lang) },
      logos: own.map(({ name }) => name),
    },
  })
})

manageSettings.get(`${PATH}/signatories`, staff, showSignatories)

manageSettings.post(`${PATH}/signatories`, staff, async (req, res) => {
  permit(policy.changeSettings(req.actor))
  const { values, errors } = parse(req, signatoriesForm)
  if (errors) return again(req, res, showSignatories, errors)
  const wrong = await signatoryErrors(req, pressOf(req), values)
  if (wrong.length) return again(req, res, showSignatories, wrong)
  await changeSignatories(req.actor, signatoriesOf(values))
  res.redirect(303, `/${req.lang}${PATH}?done=saved`)
})

manageSettings.get(`${PATH}/contact`, staff, showContact)

manageSettings.post(`${PATH}/contact`, staff, async (req, res) => {
  permit(policy.changeSettings(req.actor))
  const { values, errors } = parse(req, contactForm)
  if (errors) return again(req, res, showContact, errors)
  await changeContact(req.actor, { email: values.email, hours: { en: values.hours_en, ru: values.hours_ru } })
  res.redirect(303, `/${req.lang}${PATH}?done=saved`)
})

manageSettings.get(`${PATH}/logos`, staff, showLogos)

manageSettings.post(`${PATH}/logos`, staff, async (req, res) => {
  permit(policy.changeSettings(req.actor))
  const { logo, errors } = await postedLogo(req)
  if (errors) return again(req, res, showLogos, errors)
  if (!(await orAgain(req, res, showLogos, () => addLogo(req.actor, logo)))) return
  res.redirect(303, `/${req.lang}${PATH}/logos?done=saved`)
})

manageSettings.get(`${PATH}/logos/:id`, staff, async (req, res) => {
  const id = idOf(req.params.id)
  const logo = await found((await logos()).find(each => each.id === id))
  await sendLogo(req, res, logo.sha256)
})

manageSettings.post(`${PATH}/logos/:id/removal`, staff, async (req, res) => {
  permit(policy.changeSettings(req.actor))
  await removeLogo(req.actor, idOf(req.params.id))
  res.redirect(303, `/${req.lang}${PATH}/logos?done=saved`)
})

async function showSignatories(req: Request, res: Response) {
  const form = formOf(req, valuesOfSignatories(await setting('signatories')))
  res.render('manage/settings/signatories', { page: { form } })
}

async function showContact(req: Request, res: Response) {
  const { email, hours } = await setting('contact')
  res.render('manage/settings/contact', {
    page: { form: formOf(req, { email, hours_en: hours.en, hours_ru: hours.ru }) },
  })
}

async function showLogos(req: Request, res: Response) {
  const own = await logos()
  res.render('manage/settings/logos', {
    page: {
      form: formOf(req, { name: '' }),
      logos: own.map(({ id, name }) => ({ id, name, src: `/${req.lang}${PATH}/logos/${id}` })),
      room: roomForLogo(own.length).ok,
    },
  })
}
