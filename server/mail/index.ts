import ejs from 'ejs'
import { dateInWords, type DateStyle, type Moment } from '../../lib/dates.ts'
import type { T } from '../../lib/i18n.ts'
import type { MailKind, Mails } from '../../models/notifying.ts'
import { zoneName } from '../../routes/present/zones.ts'
import type { MailRow } from '../jobs/send-mail.ts'
import type { Tools } from '../jobs/index.ts'
import { accountLetters } from './accounts.ts'
import { enrollmentLetters } from './enrollments.ts'
import { assessmentLetters } from './assessments.ts'
import { certificateLetters } from './certificates.ts'

/**
 * One letter: the subject tells the news; the first line what and by when; one button; the rest below.
 * Written once, shown as text and as HTML.
 */
export type Letter = {
  subject: string
  lines: string[]
  button?: { label: string; href: string }
  after?: string[]
}

/** What a letter is written with: the reader's language, zone and the address of the platform in that language. */
export type Pen = {
  t: T
  date(moment: Moment, style?: DateStyle): string
  url(path: string): string
  /** An address that has no language, such as the certificate check. */
  site(path: string): string
  lang: string
}

export type Letters = {
  [Kind in MailKind]?: (data: Mails[Kind], pen: Pen) => Promise<Letter | undefined> | Letter | undefined
}

const letters: Letters = { ...accountLetters, ...enrollmentLetters, ...assessmentLetters, ...certificateLetters }

/** Every kind of mail somebody writes. */
export const mailKinds = Object.keys(letters) as MailKind[]

const VIEW = new URL('../../views/mail/letter.ejs', import.meta.url).pathname

/** The mail as subject, text and HTML; undefined when what it is about is gone. */
export async function renderMail(mail: MailRow, { config, texts }: Tools) {
  const write = letters[mail.kind] as ((data: never, pen: Pen) => Promise<Letter | undefined>) | undefined
  if (!write) throw new Error(`Nobody writes the mail ${mail.kind}`)
  const language = texts.language(mail.locale) ?? texts.language('en')!
  const t = texts.translator(language.code)
  const letter = await write(mail.data as never, {
    t,
    lang: language.code,
    url: path => `${config.baseUrl}/${language.code}${path}`,
    site: path => `${config.baseUrl}${path}`,
    date: (moment, style = 'date') => {
      const words = dateInWords(moment, language.tag, mail.zone, style)
      return style === 'datetime' ? t('layout.inZone', { time: words, zone: zoneName(mail.zone, t) }) : words
    },
  })
  if (!letter) return undefined
  const footer = [t('mail.footer'), t('mail.why')]
  const html = await ejs.renderFile(VIEW, {
    letter,
    footer,
    center: t('layout.short'),
    lang: language.tag,
    dir: language.dir,
  })
  return { subject: oneLine(letter.subject), text: asText(letter, footer), html }
}

function asText(letter: Letter, footer: string[]): string {
  const button = letter.button ? [`${letter.button.label}:\n${letter.button.href}`] : []
  return [...letter.lines, ...button, ...(letter.after ?? []), `-- \n${footer.join('\n')}`].join('\n\n') + '\n'
}

// A name with a line break must not become a header.
const oneLine = (text: string) => text.replace(/[\r\n\t]+/g, ' ').trim()
