import { type Request, type Response, Router } from 'express'
import { choicesOf, choose, TOPICS, type Topic } from '../models/preferring.ts'
import { again, formOf, parse } from './forms/again.ts'
import { preferencesForm } from './forms/preferences.ts'
import { signedIn } from './guards.ts'

/** Which mails a person gets, and when: a choice only where a mail carries no duty. */
export const preferences = Router()

const PATH = '/me/mails'
const DUTIES = ['place', 'times', 'tests', 'certificates', 'account']

preferences.get(PATH, signedIn, show)

preferences.post(PATH, signedIn, async (req, res) => {
  const { values, errors } = parse(req, preferencesForm)
  if (errors) return again(req, res, show, errors)
  await choose(req.actor.id!, values)
  res.redirect(303, `/${req.lang}${PATH}?done=mails-chosen`)
})

async function show(req: Request, res: Response) {
  const { t } = req
  const form = formOf(req, await choicesOf(req.actor.id!))
  res.render('preferences/show', {
    page: {
      form,
      address: req.actor.email,
      topics: (Object.keys(TOPICS) as Topic[]).map(topic => ({
        name: topic,
        legend: t(`preferences.topics.${topic}.title`),
        hint: t(`preferences.topics.${topic}.hint`),
        value: form.values[topic],
        options: TOPICS[topic].map(choice => ({ value: choice, label: t(`preferences.choices.${choice}`) })),
        error: form.errors.find(each => each.field === topic)?.text,
      })),
      duties: DUTIES.map(duty => t(`preferences.duties.${duty}`)),
    },
  })
}
