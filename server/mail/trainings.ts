import { one } from '../../lib/db.ts'
import type { Words } from '../../models/course.ts'
import type { Told } from '../../models/session.ts'
import { bothTimes } from '../../routes/present/spans.ts'
import { wordsIn } from '../../routes/present/words.ts'
import { zoneName } from '../../routes/present/zones.ts'
import type { Letter, Letters, Pen } from './index.ts'

/** Letters about a whole training: put off, or called off, with the reason in the reader's language; on again. */
export const trainingLetters: Letters = {
  'training-postponed': ({ trainingId }, pen) => letter(trainingId, 'postponed', pen),
  'training-canceled': ({ trainingId }, pen) => letter(trainingId, 'canceled', pen),
  'training-resumed': ({ trainingId }, pen) => resumed(trainingId, pen),
}

type Row = {
  code: string
  title: Words
  status: string
  reason: string | null
  zone: string
  startsOn: string | null
  endsOn: string | null
  /** The next session people were told of. */
  first: Told | null
}

async function letter(trainingId: string, news: 'postponed' | 'canceled', pen: Pen): Promise<Letter | undefined> {
  const row = await trainingOf(trainingId)
  // Overtaken: published again with new dates before the mail went out.
  if (row?.status !== news) return undefined
  const title = wordsIn(row.title, pen.lang)
  const reason = row.reason ? wordsIn(JSON.parse(row.reason) as Words, pen.lang) : null
  return {
    subject: pen.t(`mail.training.${news}.subject`, { title }),
    lines: [
      pen.t(`mail.training.${news}.what`, { title }),
      ...(reason ? [pen.t('mail.training.reason', { reason })] : []),
      pen.t(`mail.training.${news}.next`),
    ],
    button: button(row, pen),
  }
}

/** A training that was put off has its dates again; put off once more before the mail went out, it has none to tell. */
async function resumed(trainingId: string, pen: Pen): Promise<Letter | undefined> {
  const row = await trainingOf(trainingId)
  if (!row || !['published', 'running'].includes(row.status)) return undefined
  const { t, lang, zone } = pen
  const title = wordsIn(row.title, lang)
  const times = row.first && bothTimes(pen, row.first, zone)
  return {
    subject: t('mail.training.resumed.subject', { title }),
    lines: [
      t('mail.training.resumed.what', { title }),
      ...(row.startsOn
        ? [
            t('mail.training.resumed.dates', {
              from: pen.date(Temporal.PlainDate.from(row.startsOn)),
              to: pen.date(Temporal.PlainDate.from(row.endsOn ?? row.startsOn)),
              zone: zoneName(row.zone, t),
            }),
          ]
        : []),
      ...(times
        ? [t('mail.training.resumed.first', { session: wordsIn(row.first!.title, lang) }), times.host, times.own]
        : []),
      t('mail.training.resumed.next'),
    ],
    button: button(row, pen),
  }
}

const button = ({ code }: Row, { t, url }: Pen) => ({
  label: t('mail.training.button'),
  href: url(`/trainings/${code}`),
})

const trainingOf = (id: string) =>
  one<Row>(
    'mail.training',
    `select t.code, coalesce(t.title, v.title) as title, t.status, t.zone, t.starts_on as "startsOn", t.ends_on as "endsOn",
       (select x.reason from transitions x where x.record_kind = 'training' and x.record_id = t.id and x.to_status = t.status
         order by x.id desc limit 1) as reason,
       (select s.published from sessions s where s.training_id = t.id and s.published ->> 'kind' = 'session'
         and s.published -> 'canceled' = 'null'::jsonb order by s.published ->> 'startsAt', s.id limit 1) as first
     from trainings t join course_versions v on v.id = t.course_version_id where t.id = $1`,
    [id],
  )
