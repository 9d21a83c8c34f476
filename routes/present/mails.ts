import type { T } from '../../lib/i18n.ts'
import type { QueueState } from '../../lib/queue.ts'
import type { JobLine, MailInFull, MailLine, MailState } from '../../models/outbox.ts'

const TAGS: Record<MailState, string> = { waiting: 'current', sent: 'success', failed: 'danger', kept: 'warning' }

/** The state of a mail in words, with its tag. */
export const mailState = (state: MailState, t: T) => ({ word: t(`mails.states.${state}`), kind: TAGS[state] })

/** What a mail is about, in words. */
export const mailKind = (kind: string, t: T): string => inWords(`mails.kinds.${kind}`, kind, t)

export function mailRow(mail: MailLine, t: T, base: string) {
  return {
    href: `${base}/${mail.id}`,
    to: mail.address,
    name: mail.name,
    subject: mail.subject ?? mailKind(mail.kind, t),
    subjectLang: mail.subject ? mail.locale : null,
    kind: mailKind(mail.kind, t),
    state: mailState(mail.state, t),
    at: mail.sentAt ?? mail.createdAt,
    error: mail.state === 'sent' ? null : mail.lastError,
  }
}

export function mailPage(mail: MailInFull, t: T) {
  return {
    id: mail.id,
    to: mail.address,
    name: mail.name,
    subject: mail.subject ?? mailKind(mail.kind, t),
    lang: mail.locale,
    kind: mailKind(mail.kind, t),
    state: mailState(mail.state, t),
    sent: mail.state === 'sent',
    createdAt: mail.createdAt,
    sentAt: mail.sentAt,
    nextTryAt: mail.state === 'waiting' ? mail.nextTryAt : null,
    tries: mail.tries,
    error: mail.state === 'sent' ? null : mail.lastError,
    messageId: mail.messageId,
  }
}

export type Piece = { text: string; href?: string }

/**
 * The text of a mail as paragraphs of lines of pieces, with links to click. A link to this platform is shown in full
 * and followed on the address the reader is at.
 */
export function clickable(text: string, baseUrl: string): Piece[][][] {
  const paragraphs = text.trim().split(/\n{2,}/)
  return paragraphs.map(paragraph => paragraph.split('\n').map(line => pieces(line, baseUrl)))
}

function pieces(line: string, baseUrl: string): Piece[] {
  return line
    .split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/)
    .filter(piece => piece !== '')
    .map(piece => {
      if (!/^https?:\/\//.test(piece)) return { text: piece }
      const own = piece === baseUrl || piece.startsWith(`${baseUrl}/`)
      return { text: piece, href: own ? piece.slice(baseUrl.length) || '/' : piece }
    })
}

export function jobRow(job: JobLine, t: T, lang: string) {
  const { mailId } = job.payload as { mailId?: string }
  return {
    id: job.id,
    name: inWords(`mails.jobs.${job.name.replaceAll('.', '-')}`, job.name, t),
    about: mailId ? { href: `/${lang}/manage/mails/${mailId}`, label: t('mails.jobAbout', { id: mailId }) } : null,
    since: job.createdAt,
    runAt: job.runAt,
    failedAt: job.failedAt,
    inHand: job.inHand,
    tries: job.tries,
    error: job.lastError,
  }
}

/** From so many minutes on, a queue with failed tries is worth a warning. */
const LATE_MINUTES = 5

/** The queue with its age: whole minutes the oldest work waits, null when nothing does. */
export function queueFacts(queue: QueueState, at: Temporal.Instant) {
  const minutes = queue.waitingSince ? Math.max(0, Math.floor(at.since(queue.waitingSince).total('minutes'))) : null
  return { ...queue, minutes, late: minutes !== null && minutes >= LATE_MINUTES && queue.lastError !== null }
}

function inWords(key: string, code: string, t: T): string {
  const words = t(key)
  return words === key ? code : words
}
