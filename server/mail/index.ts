import ejs from 'ejs'
import { dateInWords, type DateStyle, type Moment } from '../../lib/dates.ts'
import type { T } from '../../lib/i18n.ts'
import type { MailKind, Mails } from '../../models/notifying.ts'
import { DAILY, stopToken } from '../../models/preferring.ts'
import { zoneName } from '../../routes/present/zones.ts'
import type { MailRow } from '../jobs/send-mail.ts'
import type { Tools } from '../jobs/index.ts'
import { accountLetters } from './accounts.ts'
import { enrollmentLetters } from './enrollments.ts'
import { agendaLetters } from './agendas.ts'
import { assessmentLetters } from './assessments.ts'
import { assignmentLetters } from './assignments.ts'
import { bulkLetters } from './bulk.ts'
import { certificateLetters } from './certificates.ts'
import { evaluationLetters } from './evaluations.ts'
import { digestLetters } from './digests.ts'
import { reminderLetters } from './reminders.ts'
import { mandateLetters } from './mandates.ts'
import { requestLetters } from './requests.ts'
import { mailTranslator } from './texts.ts'
import { entrustingLetters } from './entrusting.ts'
import { trainingLetters } from './trainings.ts'
import { translationLetters } from './translations.ts'
import { withdrawalLetters } from './withdrawals.ts'

/**
 * One letter: the subject tells the news; the first line what and by when; one button; the rest below.
 * Written once, shown as text and as HTML.
 */
export type Letter = {
  subject: string
  lines: string[]
  /** Several things of one kind, such as the changes of an agenda: each a heading and its lines. */
  items?: Item[]
  button?: Link
  after?: string[]
  /** Why this person gets it, where "what you did on the platform" is not the reason. */
  why?: string
}

export type Link = { label: string; href: string }
export type Item = { title: string; lines: string[]; link?: Link }

/** What a letter is written with: the reader's language, zone and the address of the platform in that language. */
export type Pen = {
  t: T
  date(moment: Moment, style?: DateStyle): string
  url(path: string): string
  /** An address that has no language, such as the certificate check. */
  site(path: string): string
  lang: string
  /** BCP 47 tag of the language, for dates. */
  tag: string
  zone: string
  personId: string | null
  /** Another letter by the same pen: the daily mail holds several. */
  letterOf(kind: MailKind, data: Record<string, unknown>): Promise<Letter | undefined>
}

export type Letters = {
  [Kind in MailKind]?: (data: Mails[Kind], pen: Pen) => Promise<Letter | undefined> | Letter | undefined
}

const letters: Letters = {
  ...accountLetters,
  ...enrollmentLetters,
  ...withdrawalLetters,
  ...assessmentLetters,
  ...evaluationLetters,
  ...assignmentLetters,
  ...certificateLetters,
  ...trainingLetters,
  ...entrustingLetters,
  ...agendaLetters,
  ...reminderLetters,
  ...mandateLetters,
  ...translationLetters,
  ...requestLetters,
  ...digestLetters,
  ...bulkLetters,
}

/** Every kind of mail somebody writes. */
export const mailKinds = Object.keys(letters) as MailKind[]

const VIEW = new URL('../../views/mail/letter.ejs', import.meta.url).pathname

/** The mail as subject, text, HTML and headers; undefined when what it is about is gone. */
export async function renderMail(mail: MailRow, { config, texts }: Tools) {
  const language = texts.language(mail.locale) ?? texts.language('en')!
  const t = await mailTranslator(texts, language.code)
  const pen: Pen = {
    t,
    lang: language.code,
    tag: language.tag,
    zone: mail.zone,
    personId: mail.personId,
    url: path => `${config.baseUrl}/${language.code}${path}`,
    site: path => `${config.baseUrl}${path}`,
    date: (moment, style = 'date') => {
      const words = dateInWords(moment, language.tag, mail.zone, style)
      return style === 'datetime' ? t('layout.inZone', { time: words, zone: zoneName(mail.zone, t) }) : words
    },
    letterOf: async (kind, data) => writerOf(kind)(data as never, pen),
  }
  const letter = await pen.letterOf(mail.kind, mail.data)
  if (!letter) return undefined
  const stop = stopOf(mail, config, pen)
  const footer = [t('mail.footer'), letter.why ?? t('mail.why')]
  const html = await ejs.renderFile(VIEW, {
    letter,
    footer,
    stop: stop?.links ?? [],
    center: t('layout.short'),
    lang: language.tag,
    dir: language.dir,
  })
  return {
    subject: oneLine(letter.subject),
    text: asText(letter, footer, stop?.links ?? []),
    html,
    ...(stop ? { headers: stop.headers } : {}),
  }
}

function writerOf(kind: MailKind) {
  const write = letters[kind] as ((data: never, pen: Pen) => Promise<Letter | undefined>) | undefined
  if (!write) throw new Error(`Nobody writes the mail ${kind}`)
  return write
}

/** Mails of an optional kind end with one click (RFC 8058), in the mail program or by the link at their end. */
function stopOf(mail: MailRow, config: Tools['config'], { t, url, site }: Pen) {
  const what = mail.kind === 'daily-digest' ? DAILY : mail.topic
  if (!what || !mail.personId) return undefined
  const path = `/unsubscribe/${stopToken(config.dataKey, mail.personId, what)}`
  return {
    links: [
      { label: t('mail.stop'), href: url(path) },
      { label: t('mail.choose'), href: url('/me/mails') },
    ],
    headers: { 'List-Unsubscribe': `<${site(path)}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  }
}

function asText(letter: Letter, footer: string[], stop: Link[]): string {
  const link = ({ label, href }: Link) => `${label}:\n${href}`
  const items = (letter.items ?? []).map(item =>
    [item.title, ...item.lines, ...(item.link ? [link(item.link)] : [])].join('\n'),
  )
  return (
    [
      ...letter.lines,
      ...items,
      ...(letter.button ? [link(letter.button)] : []),
      ...(letter.after ?? []),
      `-- \n${[...footer, ...stop.map(link)].join('\n')}`,
    ].join('\n\n') + '\n'
  )
}

// A name with a line break must not become a header.
const oneLine = (text: string) => text.replace(/[\r\n\t]+/g, ' ').trim()
