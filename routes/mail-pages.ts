import type { Request, Response } from 'express'
import { MAIL_STATES, type MailInFull, type MailState, mailInFull, mailLines } from '../models/outbox.ts'
import { readMail } from '../models/policies/mails.ts'
import { found, idOf, permit } from './guards.ts'
import { houseOf } from './house.ts'
import { clickable, mailPage, mailRow, mailState } from './present/mails.ts'
import { seenAfterAnswer } from './seen.ts'

/** The outbox has two doors with the same pages: /manage/mails for staff, /outbox for everyone in a demo. */

const SIZE = 50

/** What the list and its filters show. */
export async function outboxPage(req: Request, path: string) {
  const state = MAIL_STATES.find(each => each === req.query.state) ?? null
  const to = text(req.query.to).slice(0, 200)
  const before = /^[1-9]\d{0,17}$/.test(text(req.query.before)) ? text(req.query.before) : null
  const mails = await mailLines({ state, to, before, size: SIZE })
  const more = mails.length > SIZE ? mails[SIZE - 1] : undefined
  const base = `/${req.lang}${path}`
  const link = (query: Record<string, string | null>) => addressOf(base, { state, to, ...query })
  return {
    base,
    mails: mails.slice(0, SIZE).map(mail => mailRow(mail, req.t, base)),
    narrowed: Boolean(state || to || before),
    state,
    to,
    states: [
      { label: req.t('mails.allStates'), href: link({ state: null }), current: !state, all: true },
      ...MAIL_STATES.map((each: MailState) => ({
        label: mailState(each, req.t).word,
        href: link({ state: each }),
        current: state === each,
      })),
    ],
    newest: before ? link({}) : null,
    older: more ? link({ before: more.id }) : null,
    delivers: Boolean(houseOf(req).config.smtpUrl),
  }
}

/** One mail: its facts, and its text for those who may read it. */
export async function showMail(req: Request, res: Response, path: string) {
  const mail = await found(mailInFull(idOf(req.params.id)))
  const open = mayRead(req, mail)
  if (mail.personId) seenAfterAnswer(req, res, [mail.personId], 'mails')
  const { baseUrl, smtpUrl } = houseOf(req).config
  res.render('manage/mails/show', {
    page: {
      ...mailPage(mail, req.t),
      base: `/${req.lang}${path}`,
      staffDoor: path.startsWith('/manage/'),
      dir: houseOf(req).texts.language(mail.locale)?.dir ?? 'ltr',
      open,
      paragraphs: open && mail.bodyText ? clickable(mail.bodyText, baseUrl) : null,
      calendars: open
        ? calendarsOf(mail).map((part, index) => ({
            ...part,
            href: `/${req.lang}${path}/${mail.id}/calendar/${index + 1}`,
          }))
        : [],
      html: open && mail.bodyHtml ? `/${req.lang}${path}/${mail.id}/html` : null,
      again: path.startsWith('/manage/') && (mail.state === 'failed' || (mail.state === 'kept' && Boolean(smtpUrl))),
    },
  })
}

/** Mails carry their styles inside, as mail programs need it: their own policy, and nothing may run or be sent. */
const LETTER_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-top-navigation-by-user-activation"

/** The HTML version as the mail program gets it. */
export async function showLetter(req: Request, res: Response) {
  const mail = await found(mailInFull(idOf(req.params.id)))
  permit(mayRead(req, mail))
  res.set('Content-Security-Policy', LETTER_POLICY)
  res.type('html').send(await found(mail.bodyHtml))
}

/** A calendar message of a mail, as the calendar program gets it. */
export async function showCalendar(req: Request, res: Response) {
  const mail = await found(mailInFull(idOf(req.params.id)))
  permit(mayRead(req, mail))
  const part = await found(calendarsOf(mail)[Number(idOf(req.params.number)) - 1])
  res.type('text/calendar; charset=utf-8').attachment(part.filename).send(part.text)
}

const calendarsOf = ({ calendar }: MailInFull): { method: 'REQUEST' | 'CANCEL'; filename: string; text: string }[] =>
  calendar ? JSON.parse(calendar) : []

function mayRead(req: Request, mail: MailInFull): boolean {
  const { demo, smtpUrl } = houseOf(req).config
  return readMail(req.actor, mail.kind, { demo, delivers: Boolean(smtpUrl) })
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

function addressOf(base: string, query: Record<string, string | null>) {
  const given = Object.entries(query).filter(([, value]) => value) as [string, string][]
  return given.length ? `${base}?${new URLSearchParams(given)}` : base
}
