import { one } from '../../lib/db.ts'
import type { Words } from '../../models/course.ts'
import type { EnrollmentStatus } from '../../models/enrollment.ts'
import { wordsIn } from '../../routes/present/words.ts'
import type { Letters } from './index.ts'

/** Who gave back a place has it in writing, and their calendar lets go of the sessions. */
export const withdrawalLetters: Letters = {
  'enrollment-withdrawn': async ({ enrollmentId }, { t, url, lang }) => {
    const place = await one<{ status: EnrollmentStatus; code: string; title: Words }>(
      'mail.withdrawal',
      `select e.status, t.code, coalesce(t.title, v.title) as title
       from enrollments e join trainings t on t.id = e.training_id join course_versions v on v.id = e.course_version_id
       where e.id = $1`,
      [enrollmentId],
    )
    // Who has come back meanwhile has a letter that says so.
    if (place?.status !== 'withdrawn') return undefined
    const title = wordsIn(place.title, lang)
    return {
      subject: t('mail.withdrawn.subject', { title }),
      lines: [t('mail.withdrawn.what', { title, code: place.code }), t('mail.withdrawn.kept')],
      button: { label: t('mail.withdrawn.button'), href: url(`/trainings/${place.code}`) },
    }
  },
}
