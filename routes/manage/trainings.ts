import { type Request, type Response, Router } from 'express'
import { opens, ownToRun, seesRunning } from '../../models/policies/running.ts'
import { LISTED_STATUSES, roster, trainingLines, wholeRoster } from '../../models/rosters.ts'
import { noteSeen } from '../../models/seeing.ts'
import { found, signedIn } from '../guards.ts'
import { sharesOf } from '../../models/attendance-lists.ts'
import { rosterSheet } from '../present/roster-sheets.ts'
import { attendanceCell, rosterRow, trainingRow } from '../present/rosters.ts'
import { wordsIn } from '../present/words.ts'
import { type Offer, offerOf } from '../../models/offering.ts'

export const manageTrainings = Router()

const PATH = '/manage/trainings'
const SIZE = 50

/** All trainings for the Center's staff; those of their own for people in charge of some; for others no such page. */
manageTrainings.get(PATH, signedIn, async (req, res) => {
  const own = ownToRun(req.actor)
  await found(own?.length === 0 ? undefined : true)
  const rows = await trainingLines(own, number(req.query.before), SIZE + 1)
  const last = rows.length > SIZE ? rows[SIZE - 1] : undefined
  const base = `/${req.lang}${PATH}`
  res.render('manage/trainings/index', {
    page: {
      mayOpen: opens(req.actor),
      all: own === null,
      rows: rows.slice(0, SIZE).map(line => trainingRow(req, line)),
      newest: req.query.before ? base : null,
      older: last ? `${base}?before=${last.id}` : null,
    },
  })
})

/** Who takes part, waits or has asked, with how far each one is. */
manageTrainings.get(`${PATH}/:code/participants`, signedIn, async (req: Request<{ code: string }>, res: Response) => {
  const training = await trainingOf(req)
  const status = LISTED_STATUSES.find(each => each === req.query.status) ?? 'enrolled'
  const rows = await roster(training.id, status, number(req.query.after), SIZE + 1)
  const shown = rows.slice(0, SIZE)
  const shares = await sharesOf(training.id)
  const base = `/${req.lang}${PATH}/${training.code}/participants`
  const link = (more: Record<string, string>) => `${base}?${new URLSearchParams({ status, ...more })}`
  res.render('manage/trainings/participants', {
    page: {
      code: training.code,
      title: wordsIn(training.title, req.lang),
      status,
      statuses: LISTED_STATUSES.map(each => ({
        label: req.t(`trainings.roster.${each}`),
        href: `${base}?status=${each}`,
        current: each === status,
      })),
      sheet: `${base}.xlsx`,
      hasAttendance: shares.size > 0,
      rows: shown.map(line => ({
        ...rosterRow(req, line),
        attendance: attendanceCell(req, training.code, line.id, shares),
      })),
      first: req.query.after ? link({}) : null,
      more: rows.length > SIZE ? link({ after: shown.at(-1)!.id }) : null,
    },
  })
  await noteSeen(
    req.actor,
    shown.map(line => line.personId),
    'enrollments',
  )
})

/** Everyone of a training with every status, as a spreadsheet: names and addresses stay with the Center. */
manageTrainings.get(
  `${PATH}/:code/participants.xlsx`,
  signedIn,
  async (req: Request<{ code: string }>, res: Response) => {
    const training = await trainingOf(req)
    const people = await wholeRoster(training.id)
    const sheet = await rosterSheet(req, people, await sharesOf(training.id))
    res.attachment(`${training.code}-participants.xlsx`).type(XLSX).send(sheet)
    await noteSeen(
      req.actor,
      people.map(line => line.personId),
      'enrollments',
    )
  },
)

async function trainingOf(req: Request<{ code: string }>): Promise<Offer> {
  const training = await found(offerOf(req.params.code, req.actor))
  return found(seesRunning(req.actor, training) ? training : undefined)
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const number = (value: unknown): string | null =>
  typeof value === 'string' && /^[1-9]\d{0,17}$/.test(value) ? value : null
