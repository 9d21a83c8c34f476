import { one } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import type { RequestMatter } from '../../models/request-news.ts'
import { PART, type PartStatus } from '../../models/request-states.ts'
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
  /** How far the State's own part is, and what it was written with its invitation. */
  part: PartStatus | null
  note: string | null
  /** Whether the reader still stands for the State in whose name they get it. */
  stands: boolean
}

async function letter(matter: RequestMatter, pen: Pen): Promise<Letter | undefined> {
  const row = await rowOf(matter, pen.personId)
  // Neither a mandate nor the State's part in the request may have ended before the mail went out.
  if (!row || (matter.state && (!row.stands || !partHolds(matter, row)))) return undefined
  const { t, lang } = pen
  const title = row.title ?? row.code
  const base = {
    ...{ code: row.code, title, training: row.training ?? '' },
    ...{ state: countryName(row.leadState, lang), other: countryName(matter.about ?? null, lang) },
  }
  const key = `mail.requests.${matter.news}`
  const who = row.side === 'center' ? t('requests.thread.center') : countryName(row.sender, lang)
  return {
    subject: t(`${key}.subject`, base),
    lines: [t(`${key}.what`, { ...base, who }), ...more(matter, row, pen)],
    button: buttonOf(matter, row, pen),
    after: [t('mail.requests.about', { code: row.code, title })],
    why: t(`mail.requests.why.${matter.state ? 'state' : 'center'}`),
  }
}

/** News after which the State has no part in the request any more. */
const LAST = ['invitation-withdrawn', 'discarded']

const partHolds = ({ news }: RequestMatter, { part }: Row) =>
  part === null || ['invited', 'joined'].includes(part) || LAST.includes(news)

function buttonOf({ news, state }: RequestMatter, { code }: Row, { t, url }: Pen) {
  if (LAST.includes(news)) return { label: t('mail.mandate.button'), href: url('/state') }
  return { label: t('mail.requests.button'), href: url(`${state ? '/state' : '/manage'}/requests/${code}`) }
}

function more({ news, state }: RequestMatter, row: Row, { t, date, lang }: Pen): string[] {
  const day = (text: string) => date(Temporal.PlainDate.from(text))
  if (news === 'message') return (row.body ?? '').split(/\r?\n/).filter(Boolean)
  if (news === 'submitted' && row.dueOn) return [t('mail.requests.submitted.due', { date: day(row.dueOn) })]
  if (news === 'offered' && state && row.answerBy) return [t('mail.requests.offered.due', { date: day(row.answerBy) })]
  if (news === 'invited' && row.note)
    return [t('mail.requests.invited.note', { state: countryName(row.leadState, lang), note: row.note })]
  if (REASONED.includes(news) && row.reason) return [t(`mail.requests.${news}.reason`, { reason: row.reason })]
  return []
}

const REASONED = ['declined', 'withdrawn', 'invitation-declined', 'left']

/** What the letter tells, as it is now; of a draft that was thrown away what its news brought along. */
const rowOf = ({ requestId, state, messageId, about, gone }: RequestMatter, personId: string | null) =>
  one<Row>(
    'mail.request',
    `select coalesce(r.code, $7) as code, coalesce(c.answers ->> 'title', $8) as title,
       coalesce(r.lead_state, $9) as "leadState", r.due_on as "dueOn", own.status as part, own.note,
       (select x.reason from transitions x where x.record_kind = case when other.id is null then 'request' else '${PART}' end
         and x.record_id = coalesce(other.id, r.id) and x.reason is not null order by x.id desc limit 1) as reason,
       (select t.code from trainings t where t.request_id = r.id) as training,
       (select o.answer_by from offers o where o.request_id = r.id and o.sent_at is not null
         order by o.number desc limit 1) as "answerBy",
       m.side, m.state as sender, m.body,
       exists (select from role_grants g where g.person_id = $3 and g.role = 'focal_point' and g.scope_id = $2
         and g.valid_from <= $5 and (g.valid_to is null or g.valid_to > $5)) as stands
     from (select 1) there left join requests r on r.id = $1
     left join form_responses c on c.request_id = r.id and c.state is null
     left join request_states own on own.request_id = r.id and own.state = $2
     left join request_states other on other.request_id = r.id and other.state = $6
     left join messages m on m.id = $4 and m.request_id = r.id
     where r.id is not null or $7::text is not null`,
    [
      ...[requestId, state, personId, messageId ?? null, now(), about ?? null],
      ...[gone?.code ?? null, gone?.title ?? null, gone?.leadState ?? null],
    ],
  )
