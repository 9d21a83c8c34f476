import { calendarText, type Party } from '../../lib/calendar.ts'
import { inTransaction, one, sql } from '../../lib/db.ts'
import type { Invitation, Invited } from '../../models/inviting.ts'
import { invite } from '../../models/inviting.ts'
import { type CalendarPen, eventOf, wholeEvent } from '../../routes/present/calendar.ts'
import type { MailRow } from '../jobs/send-mail.ts'
import type { Tools } from '../jobs/index.ts'

/** An iMIP message: one UID, one method (RFC 5546, 3.2.2 and 3.2.5: all components of one have the same UID). */
export type CalendarPart = { method: 'REQUEST' | 'CANCEL'; filename: string; text: string }

/** Mails after which a calendar may be wrong, and whether the sessions they tell of are news to their reader. */
const CARRYING: Record<string, 'changes' | 'all' | 'none'> = {
  'agenda-changed': 'changes',
  'enrollment-confirmed': 'all',
  'enrollment-withdrawn': 'none',
  'enrollment-declined': 'none',
  'training-canceled': 'none',
  'training-postponed': 'none',
  'training-resumed': 'all',
}

/**
 * The calendar messages that go with a mail. They are decided and noted once, when the mail is first written: every
 * try sends the same.
 */
export async function calendarsOf(mail: MailRow, tools: Tools): Promise<CalendarPart[]> {
  if (mail.calendar) return JSON.parse(mail.calendar) as CalendarPart[]
  if (!mail.personId) return []
  const concerned = await trainingsOf(mail)
  if (!concerned.length) return []
  return inTransaction(async () => {
    const parts: CalendarPart[] = []
    for (const { trainingId, about } of concerned) {
      const invited = await invite(mail.personId!, trainingId, about)
      if (invited) parts.push(...partsOf(invited, mail, tools))
    }
    if (parts.length)
      await sql('mail.calendar', 'update mails set calendar = $2 where id = $1', [mail.id, JSON.stringify(parts)])
    return parts
  })
}

/** Of a mail and, when it is a daily one, of those it collected: which training, and which of its sessions are news. */
async function trainingsOf(mail: MailRow): Promise<{ trainingId: string; about: string[] | 'all' }[]> {
  const mails = mail.kind === 'daily-digest' ? await collected(mail.data.mailIds as string[]) : [mail]
  const found = []
  for (const { kind, data } of mails) {
    const news = CARRYING[kind]
    const trainingId = news && (await trainingOf(data))
    if (!trainingId) continue
    found.push({
      trainingId,
      about: news === 'all' ? news : news === 'changes' ? await changedIn(trainingId, data) : [],
    })
  }
  return found
}

const collected = (ids: string[]) =>
  sql<Pick<MailRow, 'kind' | 'data'>>(
    'mail.collected-kinds',
    'select kind, data from mails where id = any($1::bigint[]) order by id',
    [ids],
  )

async function trainingOf(data: Record<string, unknown>): Promise<string | undefined> {
  if (typeof data.trainingId === 'string') return data.trainingId
  if (typeof data.enrollmentId !== 'string') return undefined
  const row = await one<{ id: string }>(
    'mail.training-of-enrollment',
    'select training_id as id from enrollments where id = $1',
    [data.enrollmentId],
  )
  return row?.id
}

async function changedIn(trainingId: string, { number }: Record<string, unknown>): Promise<string[]> {
  const row = await one<{ changes: { sessionId: string }[] }>(
    'mail.changed-sessions',
    'select changes from agenda_versions where training_id = $1 and number = $2',
    [trainingId, number],
  )
  return (row?.changes ?? []).map(change => change.sessionId)
}

function partsOf(invited: Invited, mail: MailRow, { config, texts }: Tools): CalendarPart[] {
  const language = texts.language(mail.locale) ?? texts.language('en')!
  const pen: CalendarPen = {
    t: texts.translator(language.code),
    lang: language.code,
    tag: language.tag,
    baseUrl: config.baseUrl,
  }
  return invited.invitations.map((invitation, index) => ({
    method: invitation.method,
    filename: `${invited.training.code.toLowerCase()}-${index + 1}.ics`,
    text: calendarText([eventIn(invitation, invited, pen)], {
      name: '',
      language: language.code,
      method: invitation.method,
      organizer: partyOf(config.mailFrom),
      attendee: { name: mail.address, email: mail.address },
    }),
  }))
}

function eventIn(
  { session, uid, sequence, stampedAt, method }: Invitation,
  { training, agenda }: Invited,
  pen: CalendarPen,
) {
  const canceled = method === 'CANCEL'
  if (!session) return wholeEvent({ uid, sequence, stampedAt, training, agenda, canceled }, pen)
  return { ...eventOf({ ...session, training }, pen), sequence, stampedAt, canceled }
}

/** "RTCM <no-reply@rtcm.example>" in its two parts. */
export function partyOf(from: string): Party {
  const parts = /^\s*"?([^"<]*?)"?\s*<([^>]+)>\s*$/.exec(from)
  return parts ? { name: parts[1]! || parts[2]!, email: parts[2]! } : { name: from.trim(), email: from.trim() }
}
