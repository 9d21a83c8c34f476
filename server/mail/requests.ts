import { one } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import type { RequestMatter } from '../../models/request-news.ts'
import { countryName } from '../../routes/present/people.ts'
import type { Letter, Letters, Pen } from './index.ts'

/** Letters about a request for a tailor-made training: to the coordinators, and to those who stand for a State. */
export const requestLetters: Letters = {
  'request-news': letter,
}

type Row = {
  code: string
  title: string | null
  leadState: string
  dueOn: string | null
  reason: string | null
  training: string | null
  answerBy: string | null
  side: 'center' | 'state' | null
  sender: string | null
  body: string | null
  /** Whether the reader still stands for the State in whose name they get it. */
  stands: boolean
}

async function letter(matter: RequestMatter, pen: Pen): Promise<Letter | undefined> {
  const row = await rowOf(matter, pen.personId)
  // A mandate ended before the mail went out: what concerns the State is no longer this person's.
  if (!row || (matter.state && !row.stands)) return undefined
  const { t, lang } = pen
  const title = row.title ?? row.code
  const base = { code: row.code, title, training: row.training ?? '', state: countryName(row.leadState, lang) }
  const key = `mail.requests.${matter.news}`
  const who = row.side === 'center' ? t('requests.thread.center') : countryName(row.sender, lang)
  return {
    subject: t(`${key}.subject`, base),
    lines: [t(`${key}.what`, { ...base, who }), ...more(matter, row, pen)],
    button: {
      label: t('mail.requests.button'),
      href: pen.url(`${matter.state ? '/state' : '/manage'}/requests/${row.code}`),
    },
    after: [t('mail.requests.about', { code: row.code, title })],
    why: t(`mail.requests.why.${matter.state ? 'state' : 'center'}`),
  }
}

function more({ news, state }: RequestMatter, row: Row, { t, date }: Pen): string[] {
  const day = (text: string) => date(Temporal.PlainDate.from(text))
  if (news === 'message') return (row.body ?? '').split(/\r?\n/).filter(Boolean)
  if (news === 'submitted' && row.dueOn) return [t('mail.requests.submitted.due', { date: day(row.dueOn) })]
  if (news === 'offered' && state && row.answerBy) return [t('mail.requests.offered.due', { date: day(row.answerBy) })]
  if ((news === 'declined' || news === 'withdrawn') && row.reason)
    return [t(`mail.requests.${news}.reason`, { reason: row.reason })]
  return []
}

const rowOf = ({ requestId, state, messageId }: RequestMatter, personId: string | null) =>
  one<Row>(
    'mail.request',
    `select r.code, c.answers ->> 'title' as title, r.lead_state as "leadState", r.due_on as "dueOn",
       (select x.reason from transitions x where x.record_kind = 'request' and x.record_id = r.id and x.reason is not null
         order by x.id desc limit 1) as reason,
       (select t.code from trainings t where t.request_id = r.id) as training,
       (select o.answer_by from offers o where o.request_id = r.id and o.sent_at is not null
         order by o.number desc limit 1) as "answerBy",
       m.side, m.state as sender, m.body,
       exists (select from role_grants g where g.person_id = $3 and g.role = 'focal_point' and g.scope_id = $2
         and g.valid_from <= $5 and (g.valid_to is null or g.valid_to > $5)) as stands
     from requests r left join form_responses c on c.request_id = r.id and c.state is null
     left join messages m on m.id = $4 and m.request_id = r.id
     where r.id = $1`,
    [requestId, state, personId, messageId ?? null, now()],
  )
