import { one } from '../../lib/db.ts'
import type { Words } from '../../models/course.ts'
import type { Letter, Letters, Pen } from './index.ts'

type News = 'postponed' | 'canceled'

/** Letters about a whole training: put off, or called off, with the reason in the reader's language. */
export const trainingLetters: Letters = {
  'training-postponed': ({ trainingId }, pen) => letter(trainingId, 'postponed', pen),
  'training-canceled': ({ trainingId }, pen) => letter(trainingId, 'canceled', pen),
}

async function letter(trainingId: string, news: News, pen: Pen): Promise<Letter | undefined> {
  const row = await one<{ code: string; title: Words; status: string; reason: string | null }>(
    'mail.training',
    `select t.code, coalesce(t.title, v.title) as title, t.status,
       (select x.reason from transitions x where x.record_kind = 'training' and x.record_id = t.id and x.to_status = t.status
         order by x.id desc limit 1) as reason
     from trainings t join course_versions v on v.id = t.course_version_id where t.id = $1`,
    [trainingId],
  )
  // Overtaken: published again with new dates before the mail went out.
  if (row?.status !== news) return undefined
  const title = inLanguage(row.title, pen)
  const reason = row.reason ? inLanguage(JSON.parse(row.reason) as Words, pen) : null
  return {
    subject: pen.t(`mail.training.${news}.subject`, { title }),
    lines: [
      pen.t(`mail.training.${news}.what`, { title }),
      ...(reason ? [pen.t('mail.training.reason', { reason })] : []),
      pen.t(`mail.training.${news}.next`),
    ],
    button: { label: pen.t('mail.training.button'), href: pen.url(`/trainings/${row.code}`) },
  }
}

const inLanguage = (words: Words, { lang }: Pen) => words[lang as keyof Words] ?? words.en
