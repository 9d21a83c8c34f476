import type { Request } from 'express'
import { percentOf } from '../../models/attendance.ts'
import type { OwnPerson } from '../../models/own-people.ts'
import { wordsIn } from './words.ts'

/** What the page of somebody who stands for a State begins with: how many requests wait, and the first of them. */
export function stateBlock(req: Request, waits: { title: string; clock: { text: string } }[]) {
  return {
    title: waits.length ? req.t('states.block.waits', { count: waits.length }) : req.t('states.block.quiet'),
    text: waits.length
      ? waits.slice(0, 3).map(({ title, clock }) => req.t('states.block.line', { title, clock: clock.text }))
      : req.t('states.block.quietText'),
    due: waits.length > 0,
    action: { label: req.t('states.block.open'), href: `/${req.lang}/state` },
  }
}

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
