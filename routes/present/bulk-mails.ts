import type { Request } from 'express'
import type { T, Texts } from '../../lib/i18n.ts'
import {
  AUDIENCES,
  type Audience,
  type BulkLine,
  type BulkMail,
  type Progress,
  type RecipientLine,
  RESULTS,
  type Result,
} from '../../models/bulk-mailing.ts'
import { wordsIn } from './words.ts'

/** The paragraphs of a text that a person typed: a line each, without the empty ones. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(Boolean)

const TAGS: Record<Result, string> = {
  sent: 'success',
  waiting: 'current',
  failed: 'danger',
  daily: 'todo',
  kept: 'warning',
}

export const audienceOptions = (counts: Record<Audience, number>, t: T) =>
  AUDIENCES.map(audience => ({
    value: audience,
    label: t(`bulk.audiences.${audience}`),
    hint: t('bulk.people', { count: counts[audience] }),
  }))

export function bulkRow(row: BulkLine, req: Request, code: string) {
  return {
    href: `/${req.lang}/manage/trainings/${code}/mails/${row.id}`,
    subject: wordsIn(row.subject, req.lang),
    audience: req.t(`bulk.audiences.${row.audience}`),
    by: row.by,
    at: row.sentAt ?? row.createdAt,
    draft: !row.sentAt,
    state: row.sentAt ? progressInWords(row, req.t) : req.t('bulk.draft'),
  }
}

/** "218 of 500 sent", and what became of the others, in words. */
export function progressInWords(progress: Progress, t: T): string {
  const others = (['waiting', 'failed', 'daily', 'kept', 'unwanted'] as const)
    .filter(name => progress[name])
    .map(name => t(`bulk.progress.${name}`, { count: progress[name] }))
  return [t('bulk.progress.sent', { sent: progress.sent, all: progress.all }), ...others].join(', ')
}

export function recipientRow(row: RecipientLine, t: T) {
  return {
    name: row.name,
    address: row.address,
    state: { word: t(`bulk.states.${row.state}`), kind: TAGS[row.state] },
    sentAt: row.sentAt,
    error: row.error,
  }
}

export const resultFilter = (
  progress: Progress,
  current: Result | null,
  t: T,
  link: (state: Result | null) => string,
) => [
  { label: t('bulk.states.all'), count: progress.all, href: link(null), current: !current, all: true },
  ...RESULTS.filter(state => progress[state] || state === current).map(state => ({
    label: t(`bulk.states.${state}`),
    count: progress[state],
    href: link(state),
    current: state === current,
  })),
]

/** The mail as readers of each language get it. */
export const previews = (mail: BulkMail, texts: Texts) =>
  (['en', 'ru'] as const).map(lang => ({
    lang,
    name: texts.language(lang)?.name ?? lang,
    subject: mail.subject[lang],
    paragraphs: paragraphsOf(mail.body[lang]),
  }))
