import type { Request } from 'express'
import type { MarkedPerson } from '../../models/attendance-lists.ts'
import type { Matched } from '../../models/importing-attendance.ts'
import type { Kept } from '../request.ts'
import { minutesInWords, speakerOf } from './moments.ts'

/** The people of a meeting's list beside the people of the training: who is who, what they get, what they had. */
export function previewRows(req: Request, list: Matched[], people: MarkedPerson[], form: Kept) {
  const say = speakerOf(req)
  const byId = new Map(people.map(person => [person.id, person]))
  return list.map((row, index) => {
    const field = `p-${index}`
    const typed = form.values[field]
    const chosen = typeof typed === 'string' ? typed : (row.enrollmentId ?? '')
    const mark = byId.get(chosen)?.mark
    const word = row.unread ? null : req.t(`attendance.status.${row.status}`)
    return {
      field,
      name: row.name || row.email,
      email: row.name ? row.email : '',
      lines: row.lines,
      minutes: minutesInWords(say, row.minutes),
      word,
      chosen,
      by: row.by,
      before: mark && !row.unread && mark.status !== row.status ? req.t(`attendance.status.${mark.status}`) : null,
    }
  })
}
