import { type Request, type Response, Router } from 'express'
import { type NeedsForm, needsForm } from '../models/needs-form.ts'
import { writesCommon, writesOwn } from '../models/policies/request.ts'
import { lessonChoices } from '../models/request-offer.ts'
import { statesOfRequest, takingPart } from '../models/request-states.ts'
import { answersFor, type RequestRow } from '../models/request.ts'
import { savePart } from '../models/requesting.ts'
import { again, formOf, orAgain } from './forms/again.ts'
import { needsPart, valuesOfPart } from './forms/needs.ts'
import { found } from './guards.ts'
import { speakerOf } from './present/moments.ts'
import { partFields } from './present/needs.ts'
import { checkNotes } from './present/request-checks.ts'
import { wordsIn } from './present/words.ts'
import { asState, ownRequest } from './requests.ts'
import { focalPoint } from './states.ts'

/** The long form of a request, part by part: each is saved as far as it is filled in, and found again later. */
export const requestParts = Router()

const PATH = '/state/requests/:code/edit/:part'

requestParts.get(PATH, focalPoint, show)

requestParts.post(PATH, focalPoint, async (req, res) => {
  const { request, form, part, own } = await writable(req)
  const questions = form.questions.filter(question => question.part === part.id)
  const codes = (await lessonChoices()).map(({ code }) => code)
  const { values, errors } = needsPart(req, questions, codes)
  if (errors) return again(req, res, show, errors)
  const save = () => savePart(req.actor, request, part.own ? own : null, questions, values)
  if (!(await orAgain(req, res, show, save))) return
  const base = `/${req.lang}/state/requests/${request.code}`
  const next = req.body.act === 'later' ? undefined : nextPart(request, form, part.id, own)
  const end = req.body.act === 'later' ? `${base}?done=part-saved` : `${base}/check`
  res.redirect(303, next ? `${base}/edit/${next}` : end)
})

async function show(req: Request, res: Response) {
  const { request, form, part, own } = await writable(req)
  const answers = await answersFor(asState(req.actor), request.id)
  const mine = answers.get(part.own ? own : '') ?? {}
  const questions = form.questions.filter(question => question.part === part.id)
  const lessons = questions.some(({ type }) => type === 'lessons') ? await lessonChoices() : []
  const kept = formOf(req, valuesOfPart(questions, mine))
  const parts = partsFor(request, form, own)
  const states = takingPart(await statesOfRequest(request.id)).map(({ state }) => state)
  const checked = ['dates', 'costs'].includes(part.id)
  res.render('requests/part', {
    page: {
      code: request.code,
      part: part.id,
      title: wordsIn(part.title, req.lang),
      intro: part.intro && wordsIn(part.intro, req.lang),
      own: part.own && states.length > 1,
      number: parts.findIndex(({ id }) => id === part.id) + 1,
      parts: parts.map(each => ({ id: each.id, title: wordsIn(each.title, req.lang), current: each.id === part.id })),
      last: parts.at(-1)!.id === part.id,
      fields: partFields(speakerOf(req), questions, kept, lessons),
      notes: checked
        ? await checkNotes(req, part.id === 'dates' ? mine : {}, part.id === 'costs' ? mine : {}, states)
        : [],
      form: kept,
    },
  })
}

/** The part of this address, if this reader may write it now: else it is as missing as any other. */
async function writable(req: Request) {
  const request = await ownRequest(req)
  const own = request.ownState!
  const form = await needsForm(request.formVersionId)
  const part = await found(form.parts.find(({ id }) => id === req.params.part && questionsIn(form, id)))
  const may = part.own ? writesOwn(request) : writesCommon(req.actor, request)
  await found(may || undefined)
  return { request, form, part, own }
}

const questionsIn = (form: NeedsForm, id: string) => form.questions.some(({ part }) => part === id)

/** The lead State writes all parts, an invited one its own. A part without questions is not a page of this kind. */
const partsFor = (request: RequestRow, form: NeedsForm, own: string) =>
  form.parts.filter(part => questionsIn(form, part.id) && (part.own || own === request.leadState))

function nextPart(request: RequestRow, form: NeedsForm, part: string, own: string) {
  const parts = partsFor(request, form, own)
  return parts[parts.findIndex(({ id }) => id === part) + 1]?.id
}
