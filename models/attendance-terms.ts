import { one } from '../lib/db.ts'
import { NEEDED_PERCENT } from './attendance.ts'
import type { Words } from './course.ts'

/** What a training asks of attendance, how many places it has and where it is. */
export type AttendanceTerms = { seats: number | null; need: number; place: Words | null }

export const termsOf = async (trainingId: string): Promise<AttendanceTerms> =>
  (await one<AttendanceTerms>(
    'attendance.terms',
    `select t.seats, coalesce((v.rules ->> 'attendancePercent')::int, ${NEEDED_PERCENT}) as need, t.place
     from trainings t join course_versions v on v.id = t.course_version_id where t.id = $1`,
    [trainingId],
  ))!
