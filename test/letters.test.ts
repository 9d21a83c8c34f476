import { load } from 'cheerio'
import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { createMailer, type Mailer } from '../lib/mailer.ts'
import { mailKinds } from '../server/mail/index.ts'
import { runJobs, standAt } from './support/app.ts'
import { aReader, everyLetter } from './support/letters.ts'
import { aMailServer, type Caught, type MailServer } from './support/mail-server.ts'

const OPTIONAL = ['agenda-changed', 'reminder', 'bulk', 'daily-digest']

describe('every kind of mail', () => {
  let server: MailServer
  let mailer: Mailer

  beforeEach(async () => {
    server = await aMailServer()
    mailer = createMailer(server.url)
  })
  afterEach(async () => {
    mailer.close()
    await server.close()
  })

  for (const locale of ['en', 'ru'] as const)
    it(`in ${locale}: small, whole, safe in the dark and from right to left, and loads nothing`, async () => {
      standAt('2027-03-01T08:00:00Z')
      const reader = await aReader(locale)
      const kinds = await everyLetter(reader)
      expect(kinds, 'a new kind of mail is added to test/support/letters.ts').to.have.members(mailKinds)
      await runJobs({ mailer })
      const unsent = await sql(null, 'select kind, last_error from mails where sent_at is null')
      expect(unsent, 'not sent').to.deep.equal([])
      const seen: string[] = []
      const optional = new Set<string>()
      for (const caught of server.caught.filter(({ to }) => to.includes(reader.email))) {
        // The last mail to an erased person leaves no row.
        const { kind, topic } = (await rowOf(caught)) ?? { kind: 'person-erased', topic: null }
        seen.push(kind)
        if (topic || kind === 'daily-digest') optional.add(kind)
        sound(caught, kind, locale, Boolean(topic) || kind === 'daily-digest')
      }
      expect([...new Set(seen)]).to.have.members(mailKinds)
      expect([...optional]).to.have.members(OPTIONAL)
    }).timeout(60_000)
})

const rowOf = ({ mail }: Caught) =>
  one<{ kind: string; topic: string | null }>(null, 'select kind, topic from mails where message_id = $1', [
    mail.messageId,
  ])

function sound({ mail, raw }: Caught, kind: string, locale: string, optional: boolean) {
  const html = String(mail.html)
  expect(Buffer.byteLength(mail.text!) + Buffer.byteLength(html), `${kind}: bytes`).to.be.at.most(30_000)
  const $ = load(html)
  expect($('html').attr(), kind).to.include({ lang: locale, dir: 'ltr' })
  expect($('body').attr('dir'), kind).to.equal('ltr')
  expect($('meta[name=color-scheme]').attr('content'), kind).to.equal('light dark')
  expect($('h1').text().trim(), kind).to.equal(mail.subject)
  expect(mail.subject!.length, `${kind}: subject`).to.be.within(5, 250)
  expect($('img, link, script, iframe, object, embed, video, audio, style, form').length, kind).to.equal(0)
  expect(html, `${kind}: nothing is loaded`).to.not.match(/url\(|@import|\bsrc=|\bbackground=/i)
  expect(html, `${kind}: no side of the page by name`).to.not.match(
    /(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right)|float:/,
  )
  expect(html, `${kind}: no ground of its own that a dark one would betray`).to.not.match(
    /<(?:body|div|p|h1|h2)[^>]*(?:background|[^-]color:)/,
  )
  expect(mail.text, `${kind}: places that were not filled in`).to.not.match(
    /\{\{|undefined|\bnull\b|\[object|mail\.[a-z]+\./,
  )
  expect(html, kind).to.not.match(/\{\{|undefined|\[object/)
  const oneClick = mail.headers.get('list') as { unsubscribe?: { url?: string } } | undefined
  expect(Boolean(oneClick?.unsubscribe?.url), `${kind}: one-click unsubscribe`).to.equal(optional)
  if (optional) {
    expect(raw.toString('latin1'), kind).to.match(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
    expect(html, kind).to.contain('/unsubscribe/')
  }
  for (const link of $('a').toArray()) expect($(link).attr('href'), kind).to.match(/^https?:\/\/localhost|^mailto:/)
  expect(raw.toString('latin1'), `${kind}: seven bits`).to.match(/^\p{ASCII}*$/u)
}
