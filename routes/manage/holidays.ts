import { type Request, type Response, Router } from 'express'
import { CENTER_ZONE, now } from '../../lib/time.ts'
import { addHoliday, endWeekend, enterWeekend, removeHoliday } from '../../models/dating-days-off.ts'
import { calendarDays, holidayOf, weekendFact } from '../../models/days-off.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { holidayForm, weekendEndForm, weekendForm } from '../forms/days-off.ts'
import { found, idOf, staff } from '../guards.ts'
import { calendarPage, stateOptions, weekdayOptions, weekendInWords } from '../present/days-off.ts'
import { speakerOf } from '../present/moments.ts'
import { wordsIn } from '../present/words.ts'

/** Days off work by State, dated and with their source: what planning looks at. */
export const manageHolidays = Router()

const PATH = '/manage/calendar-days'

manageHolidays.get(PATH, staff, async (req, res) => {
  const year = yearOf(req)
  res.render('manage/holidays/index', { page: calendarPage(req, year, await calendarDays(year)) })
})

manageHolidays.get(`${PATH}/holidays`, staff, showHoliday)

manageHolidays.post(`${PATH}/holidays`, staff, async (req, res) => {
  const { values, errors } = parse(req, holidayForm)
  if (errors) return again(req, res, showHoliday, errors)
  if (!(await orAgain(req, res, showHoliday, () => addHoliday(req.actor, values)))) return
  res.redirect(303, `/${req.lang}${PATH}?done=holiday-added&year=${values.from.slice(0, 4)}`)
})

manageHolidays.post(`${PATH}/holidays/:id/removal`, staff, async (req, res) => {
  const holiday = await found(holidayOf(idOf(req.params.id)))
  await removeHoliday(req.actor, holiday)
  res.redirect(303, `/${req.lang}${PATH}?done=holiday-removed&year=${holiday.day.slice(0, 4)}`)
})

manageHolidays.get(`${PATH}/weekends`, staff, showWeekend)

manageHolidays.post(`${PATH}/weekends`, staff, async (req, res) => {
  const { values, errors } = parse(req, weekendForm)
  if (errors) return again(req, res, showWeekend, errors)
  if (!(await orAgain(req, res, showWeekend, () => enterWeekend(req.actor, values)))) return
  res.redirect(303, `/${req.lang}${PATH}?done=weekend-entered`)
})

manageHolidays.get(`${PATH}/weekends/:id/end`, staff, showEnd)

manageHolidays.post(`${PATH}/weekends/:id/end`, staff, async (req, res) => {
  const fact = await found(weekendFact(idOf(req.params.id)))
  const { values, errors } = parse(req, weekendEndForm)
  if (errors) return again(req, res, showEnd, errors)
  if (!(await orAgain(req, res, showEnd, () => endWeekend(req.actor, fact, values.to)))) return
  res.redirect(303, `/${req.lang}${PATH}?done=weekend-ended`)
})

function showHoliday(req: Request, res: Response) {
  const state = typeof req.query.state === 'string' ? req.query.state : ''
  res.render('manage/holidays/holiday', { page: { form: formOf(req, { state }), states: stateOptions(req.lang) } })
}

function showWeekend(req: Request, res: Response) {
  const state = typeof req.query.state === 'string' ? req.query.state : ''
  res.render('manage/holidays/weekend', {
    page: { form: formOf(req, { state }), states: stateOptions(req.lang), days: weekdayOptions(speakerOf(req)) },
  })
}

async function showEnd(req: Request, res: Response) {
  const fact = await found(weekendFact(idOf(req.params.id)))
  res.render('manage/holidays/end', {
    page: {
      form: formOf(req),
      id: fact.id,
      state: wordsIn(fact.name, req.lang),
      weekend: weekendInWords(speakerOf(req), fact),
    },
  })
}

function yearOf(req: Request): number {
  const year = Number(req.query.year)
  return Number.isInteger(year) && year >= 2000 && year <= 2100 ? year : now().toZonedDateTimeISO(CENTER_ZONE).year
}
