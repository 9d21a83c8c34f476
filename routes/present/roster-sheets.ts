import type { Request } from 'express'
import { dateInWords } from '../../lib/dates.ts'
import { type Cell, sheetOf } from '../../lib/sheets.ts'
import { percentOf, type Share } from '../../models/attendance.ts'
import type { SheetLine } from '../../models/rosters.ts'
import { rosterRow } from './rosters.ts'

const shareOf = (share: Share | undefined): number | null => (share ? percentOf(share) : null)

/** The participants of a training as a spreadsheet in the language of the page. */
export function rosterSheet(req: Request, people: SheetLine[], shares: Map<string, Share>): Promise<Buffer> {
  const { t } = req
  const headers = [
    t('trainings.roster.person'),
    t('trainings.roster.names'),
    t('trainings.roster.email'),
    t('trainings.roster.country'),
    t('trainings.roster.organization'),
    t('people.agencyType'),
    t('people.sex'),
    t('trainings.manage.status'),
    t('trainings.roster.since'),
    t('courses.lessons'),
    t('trainings.roster.best'),
    t('trainings.roster.attendance'),
    t('trainings.roster.certificate'),
    t('expectations.level'),
    t('expectations.hope'),
  ]
  const rows = people.map((line): Cell[] => {
    const row = rosterRow(req, line)
    return [
      line.name,
      line.nameCyrillic,
      line.email,
      row.country,
      line.organization,
      line.agencyType && t(`people.agencyTypes.${line.agencyType}`),
      t(`people.sexes.${line.sex}`),
      t(`trainings.roster.${line.status}`),
      dateInWords(line.createdAt, req.lang, req.actor.zone, 'short'),
      line.done,
      line.best === null ? null : Number(line.best),
      shareOf(shares.get(line.id)),
      line.certificate,
      line.level && t(`expectations.levels.${line.level}`),
      line.expectations,
    ]
  })
  return sheetOf(t('trainings.roster.enrolled'), headers, rows)
}
