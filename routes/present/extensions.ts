import type { Request } from 'express'
import type { Due, Place } from '../../models/assignment.ts'
import type { Words } from '../../models/course.ts'
import type { Extension } from '../../models/extending.ts'
import { errorsOf } from '../forms/again.ts'
import type { Kept } from '../request.ts'
import { momentIn } from './assignments.ts'
import { clockOf, dayInWords, type Speaker, speakerOf } from './moments.ts'
import { wordsIn } from './words.ts'
import { zoneName } from './zones.ts'

/** A due date as its form shows it. */
export const valuesOfDue = (due: Due | null): Record<string, unknown> =>
  due
    ? { day: due.wall.toPlainDate().toString(), time: due.wall.toPlainTime().toString({ smallestUnit: 'minute' }) }
    : { day: '', time: '23:59' }

/** More time that was given: until when, by whom, why. */
export const extensionLines = (say: Speaker, extensions: Extension[]) =>
  extensions.map(({ dueWall, reason, by, at }) => ({
    to: `${dayInWords(say, dueWall.toPlainDate().toString(), 'date')}, ${clockOf(dueWall.toString())}`,
    ...{ reason, by, at },
  }))

type Asked = { name: Words; place: Place; due: Due | null; extensions: Extension[]; form: Kept }

/** The page on which one person gets more time. */
export function extensionPage(req: Request, { name, place, due, extensions, form }: Asked) {
  const say = speakerOf(req)
  const room = `/${req.lang}/teaching/${place.code}/room`
  return {
    name: wordsIn(name, req.lang),
    assignment: wordsIn(place.assignmentTitle, req.lang),
    room,
    action: `${room}/${place.enrollmentId}/extension`,
    due: due && momentIn(say, due.at, place.zone),
    zone: zoneName(place.zone, req.t),
    extensions: extensionLines(say, extensions),
    form,
    errorOf: errorsOf(form),
  }
}
