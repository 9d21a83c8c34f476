import { type Request, type Response, Router } from 'express'
import { courseCard } from '../../models/catalog.ts'
import { composedCourse, composedCourses, seenOf, themes, versionsOf } from '../../models/composed-course.ts'
import {
  changeDraft,
  discardNext,
  missingOf,
  nextVersion,
  publishCourse,
  retireCourse,
  startCourse,
} from '../../models/composing.ts'
import { filesLedTo } from '../../models/module-file.ts'
import { composes } from '../../models/policies/course.ts'
import { lessonsOf, sourcesOf, textsOf } from '../../models/reading.ts'
import { lessonChoices } from '../../models/request-offer.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { afterPress, courseForm, newCourseForm, planOf, valuesOfCourse } from '../forms/courses.ts'
import { noteForm } from '../forms/notes.ts'
import { found, permit, staff } from '../guards.ts'
import { composedPage, courseFields, courseRow, COURSES } from '../present/composed-courses.ts'
import { coursePage } from '../present/courses.ts'
import { readingPage } from '../present/lessons.ts'

/** Courses composed from lessons of several modules: written, looked at as a learner sees them, published, retired. */
export const manageCourses = Router()

const COURSE = `${COURSES}/:code`

manageCourses.get(COURSES, staff, async (req, res) => {
  const rows = (await composedCourses()).map(line => courseRow(req, line))
  res.render('manage/courses/index', { page: { rows, may: composes(req.actor).ok } })
})

manageCourses.get(`${COURSES}/new`, staff, showNew)

manageCourses.post(`${COURSES}/new`, staff, async (req, res) => {
  permit(composes(req.actor))
  if (pressed(req)) return showNew(req, res)
  const { values, errors } = parse(req, newCourseForm)
  if (errors) return again(req, res, showNew, errors)
  if (!(await orAgain(req, res, showNew, () => startCourse(req.actor, values.code, planOf(values))))) return
  res.redirect(303, `/${req.lang}${COURSES}/${values.code}?done=course-saved`)
})

manageCourses.get(COURSE, staff, show)

manageCourses.get(`${COURSE}/edit`, staff, showEdit)

manageCourses.post(`${COURSE}/edit`, staff, async (req: Request, res: Response) => {
  const { course } = await draftAt(req)
  permit(composes(req.actor))
  if (pressed(req)) return showEdit(req, res)
  const { values, errors } = parse(req, courseForm)
  if (errors) return again(req, res, showEdit, errors)
  const change = () => changeDraft(req.actor, course.code, planOf(values), values.seen)
  if (!(await orAgain(req, res, showEdit, change))) return
  res.redirect(303, `/${req.lang}${COURSES}/${course.code}?done=course-saved`)
})

/** The next version, with the lessons as they are held or as they are newest. */
manageCourses.post(`${COURSE}/versions`, staff, async (req: Request, res: Response) => {
  const { code } = await courseAt(req)
  permit(composes(req.actor))
  const newest = req.body.lessons === 'newest'
  await nextVersion(req.actor, code, newest)
  res.redirect(303, `/${req.lang}${COURSES}/${code}${newest ? '?done=course-newest' : '/edit'}`)
})

manageCourses.post(`${COURSE}/publication`, staff, async (req: Request, res: Response) => {
  const { course } = await draftAt(req)
  permit(composes(req.actor))
  const { values, errors } = parse(req, noteForm)
  if (errors) return again(req, res, show, errors)
  if (!(await orAgain(req, res, show, () => publishCourse(req.actor, course.code, values)))) return
  res.redirect(303, `/${req.lang}${COURSES}/${course.code}?done=course-published`)
})

manageCourses.post(`${COURSE}/discarding`, staff, async (req: Request, res: Response) => {
  const { course } = await draftAt(req)
  permit(composes(req.actor))
  const seen = String(req.body.seen ?? '')
  if (!(await orAgain(req, res, show, () => discardNext(req.actor, course.code, seen)))) return
  res.redirect(303, `/${req.lang}${COURSES}/${course.code}?done=course-discarded`)
})

manageCourses.post(`${COURSE}/retirement`, staff, (req: Request, res: Response) => retire(req, res, true))
manageCourses.post(`${COURSE}/return`, staff, (req: Request, res: Response) => retire(req, res, false))

async function retire(req: Request, res: Response, retired: boolean) {
  const { code } = await courseAt(req)
  permit(composes(req.actor))
  if (!(await orAgain(req, res, show, () => retireCourse(req.actor, code, retired)))) return
  res.redirect(303, `/${req.lang}${COURSES}/${code}?done=${retired ? 'course-retired' : 'course-returned'}`)
}

/** The page of the course as readers would find it; nothing can be enrolled in here. */
manageCourses.get(`${COURSE}/preview`, staff, async (req: Request, res: Response) => {
  const { code, shown } = await courseAt(req)
  const card = await found(courseCard(code, true, shown.id))
  const preview = { href: `${COURSES}/${code}`, reading: `${COURSES}/${code}/preview/reading` }
  res.render('courses/show', { page: { ...coursePage(req, card, []), trainings: [], preview } })
})

manageCourses.get(`${COURSE}/preview/reading`, staff, async (req: Request, res: Response) => {
  const { code, shown } = await courseAt(req)
  const lines = await lessonsOf(shown.id, null)
  const texts = await textsOf(shown.id, [req.lang, 'en'])
  const sources = await sourcesOf(texts.flatMap(text => [...text.sourceIds, ...text.further]))
  const training = { code, title: shown.title, href: `/${req.lang}${COURSES}/${code}/preview` }
  const files = await filesLedTo(texts.map(({ html }) => html))
  res.render('lessons/reading', { page: readingPage(req, { training, lines, texts, sources, files }) })
})

async function show(req: Request, res: Response) {
  const course = await courseAt(req)
  const versions = await versionsOf(course.id)
  const missing = course.draft ? await missingOf(course.draft) : []
  res.render('manage/courses/show', {
    page: { ...composedPage(req, { course, versions, missing }), may: composes(req.actor).ok, form: formOf(req) },
  })
}

async function showNew(req: Request, res: Response) {
  permit(composes(req.actor))
  const form = formOf(req, { kind: 'attendance', evaluation: 'yes', level: 'foundation' })
  const fields = courseFields(req, form, { lessons: await lessonChoices(), themes: await themes(), draft: undefined })
  res.render('manage/courses/form', { page: { ...fields, code: null, back: COURSES, action: `${COURSES}/new` } })
}

async function showEdit(req: Request, res: Response) {
  const { course, draft } = await draftAt(req)
  permit(composes(req.actor))
  const form = formOf(req, { ...valuesOfCourse(draft), seen: seenOf(draft) })
  const fields = courseFields(req, form, { lessons: await lessonChoices(), themes: await themes(), draft })
  const back = `${COURSES}/${course.code}`
  res.render('manage/courses/form', { page: { ...fields, code: course.code, back, action: `${back}/edit` } })
}

async function courseAt(req: Request) {
  const course = await found(composedCourse(String(req.params.code)))
  return { ...course, shown: course.draft ?? course.published! }
}

async function draftAt(req: Request) {
  const course = await courseAt(req)
  return { course, draft: await found(course.draft) }
}

/** Whether a button beside the lessons was pressed: then the form comes back changed, and nothing is saved. */
function pressed(req: Request): boolean {
  const values = afterPress(String(req.body.press ?? ''), req.body)
  if (values) req.form = { values, errors: [] }
  return Boolean(values)
}
