import { type Request, type Response, Router } from 'express'
import { catalogCodes } from '../../models/catalog-codes.ts'
import { changeTraining, nextCode, openTraining } from '../../models/opening.ts'
import { opens } from '../../models/policies/running.ts'
import { now } from '../../lib/time.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { settledOf, trainingForm } from '../forms/trainings.ts'
import { permit, signedIn, staff } from '../guards.ts'
import { runnable } from '../running.ts'
import { choicesOf, valuesOf } from '../present/openings.ts'
import { wordsIn } from '../present/words.ts'

/** Opening a training of a course and changing what is settled about it. */
export const manageOpenings = Router()

const PATH = '/manage/trainings'

manageOpenings.get(`${PATH}/new`, staff, showNew)

manageOpenings.post(`${PATH}/new`, staff, async (req, res) => {
  permit(opens(req.actor))
  const { values, errors } = parse(req, trainingForm)
  if (errors) return again(req, res, showNew, errors)
  const course = typeof req.body.course === 'string' ? req.body.course : ''
  if (!(await orAgain(req, res, showNew, () => openTraining(req.actor, course, values.code, settledOf(values))))) return
  res.redirect(303, `/${req.lang}${PATH}/${values.code}?done=training-opened`)
})

manageOpenings.get(`${PATH}/:code/edit`, signedIn, showEdit)

manageOpenings.post(`${PATH}/:code/edit`, signedIn, async (req: Request, res: Response) => {
  const training = await runnable(req)
  req.body = { ...req.body, code: training.code }
  const { values, errors } = parse(req, trainingForm)
  if (errors) return again(req, res, showEdit, errors)
  if (!(await orAgain(req, res, showEdit, () => changeTraining(req.actor, training, settledOf(values))))) return
  res.redirect(303, `/${req.lang}${PATH}/${training.code}?done=training-changed`)
})

async function showNew(req: Request, res: Response) {
  permit(opens(req.actor))
  const courses = await catalogCodes()
  const course = String(req.body?.course ?? req.query.course ?? courses[0]?.code ?? '')
  const form = formOf(req, {
    ...valuesOf(null),
    code: await nextCode(course, now().toZonedDateTimeISO('Asia/Baku').year),
    hours: String(courses.find(each => each.code === course)?.hours ?? ''),
  })
  res.render('manage/openings/new', {
    page: {
      form,
      courses: courses.map(({ code, title }) => ({
        value: code,
        label: `${code} ${wordsIn(title, req.lang)}`,
        selected: code === course,
      })),
      ...(await choicesOf(req, form)),
    },
  })
}

async function showEdit(req: Request, res: Response) {
  const training = await runnable(req)
  const form = formOf(req, valuesOf(training))
  res.render('manage/openings/edit', { page: { code: training.code, form, ...(await choicesOf(req, form)) } })
}
