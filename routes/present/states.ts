import type { Request } from 'express'
import { percentOf } from '../../models/attendance.ts'
import type { OwnPerson } from '../../models/own-people.ts'
import { wordsIn } from './words.ts'

/** A place of one of the State's own people, as a line of a table. */
export const ownPersonRow = (req: Request, line: OwnPerson) => ({
  name: line.name,
  organization: line.organization,
  training: wordsIn(line.title, req.lang),
  href: `/${req.lang}/trainings/${line.code}`,
  startsOn: line.startsOn,
  status: req.t(`states.places.${line.status}`),
  attendance: line.of > 0 ? req.t('states.percent', { percent: percentOf(line) }) : '–',
  certificate: line.certificate ? req.t(`states.certificates.${line.certificate}`) : '–',
})
