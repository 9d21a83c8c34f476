import { one } from '../../lib/db.ts'
import type { Words } from '../../models/course.ts'
import type { Part } from '../../models/people-in-charge.ts'
import { wordsIn } from '../../routes/present/words.ts'
import type { Letter, Letters, Pen } from './index.ts'

type Matter = { trainingId: string; role: Part }

/** Letters to who runs a training or trains in it: that they do, and that they do no more. */
export const entrustingLetters: Letters = {
  'training-entrusted': (matter, pen) => letter(matter, 'entrusted', pen),
  'training-released': (matter, pen) => letter(matter, 'released', pen),
}

async function letter(
  { trainingId, role }: Matter,
  news: 'entrusted' | 'released',
  pen: Pen,
): Promise<Letter | undefined> {
  const row = await one<{ code: string; title: Words; status: string; startsOn: string | null; still: boolean }>(
    'mail.entrusted',
    `select t.code, coalesce(t.title, v.title) as title, t.status, t.starts_on as "startsOn",
       exists (select 1 from role_grants g where g.person_id = $2 and g.role = $3 and g.scope_kind = 'training'
         and g.scope_id = t.id::text and g.valid_to is null) as still
     from trainings t join course_versions v on v.id = t.course_version_id where t.id = $1`,
    [trainingId, pen.personId, role],
  )
  // Ended, or given again, before the mail went out.
  if (!row || row.still !== (news === 'entrusted')) return undefined
  const { t } = pen
  const title = wordsIn(row.title, pen.lang)
  const begins = row.startsOn && pen.date(Temporal.PlainDate.from(row.startsOn))
  return {
    subject: t(`mail.entrusting.${news}.${role}.subject`, { title }),
    lines: [
      t(`mail.entrusting.${news}.${role}.what`, { title, code: row.code }),
      ...(news === 'entrusted' && begins ? [t('mail.entrusting.begins', { date: begins })] : []),
      ...(news === 'entrusted' ? [t(`mail.entrusting.next.${role}`)] : []),
    ],
    ...(news === 'entrusted'
      ? { button: { label: t('mail.entrusting.button'), href: pen.url(pathOf(row.code, role)) } }
      : {}),
    why: t(`mail.entrusting.why.${news}`),
  }
}

const pathOf = (code: string, role: Part) =>
  role === 'coordinator' ? `/manage/trainings/${code}` : `/manage/trainings/${code}/agenda`
