import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { createMailer, type Mailer } from '../lib/mailer.ts'
import { inTransaction, one, sql } from '../lib/db.ts'
import { backoff, MAX_TRIES } from '../lib/queue.ts'
import { setClock } from '../lib/time.ts'
import { notify, recipient } from '../models/notifying.ts'
import { mailKinds } from '../server/mail/index.ts'
import { handlers } from '../server/jobs/index.ts'
import { runJobs, standAt, theHouse } from './support/app.ts'
import { demoReader } from './support/demo.ts'
import { aBadServer, aMailServer } from './support/mail-server.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { guest, signedIn } from './support/reader.ts'
import { sendAgain } from '../models/retrying.ts'

const AT = '2027-03-02T08:00:00Z'
const LINK = '/confirm/abcdef'

/** A person's mail in the outbox. */
async function aMail(person: Someone, { kind = 'confirm-address' as const, event = `event:${person.id}` } = {}) {
  const to = (await recipient(person.id))!
  await inTransaction(() => notify(to, kind, event, { link: LINK, code: '123456' }))
  return (await one<{ id: string; messageId: string }>(
    null,
    'select id, message_id as "messageId" from mails where event_key = $1',
    [event],
  ))!
}

const rowOf = async (id: string) =>
  (await one<{ sentAt: unknown; failedAt: unknown; keptAt: unknown; tries: number; lastError: string | null }>(
    null,
    `select sent_at as "sentAt", failed_at as "failedAt", kept_at as "keptAt", tries, last_error as "lastError"
     from mails where id = $1`,
    [id],
  ))!

/** A mailer that gives up soon, closed after the test. */
const open: (() => unknown)[] = []
function mailerTo(url: string): Mailer {
  const mailer = createMailer(url, { patienceMs: 400 })
  open.push(() => mailer.close())
  return mailer
}
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

async function caughtBy(server: { close(): Promise<void> }) {
  open.push(() => server.close())
}

describe('mails on their way', () => {
  it('a mail caught by a real server parses without defects', async () => {
    const server = await aMailServer()
    await caughtBy(server)
    const person = await aPerson({ name: 'Айгерим Садыкова', locale: 'ru', email: 'aigerim@ministry.example' })
    const { messageId } = await aMail(person)
    await runJobs({ mailer: mailerTo(server.url) })

    expect(server.caught).to.have.length(1)
    const { mail, raw, to, from } = server.caught[0]!
    expect(to).to.deep.equal(['aigerim@ministry.example'])
    expect(from).to.equal('no-reply@rtcm.example')
    expect(mail.messageId).to.equal(messageId)
    expect(mail.subject).to.equal('Подтвердите адрес электронной почты')
    expect(mail.from!.value[0]).to.include({ name: 'RTCM', address: 'no-reply@rtcm.example' })
    expect(Math.abs(mail.date!.getTime() - Date.now())).to.be.lessThan(60_000)
    expect(mail.headers.get('auto-submitted')).to.equal('auto-generated')
    expect((mail.headers.get('content-type') as { value: string }).value).to.equal('multipart/alternative')
    expect(mail.text).to.contain(`/ru${LINK}`).and.to.contain('123456')
    expect(mail.html).to.contain('lang="ru"').and.to.contain(`/ru${LINK}"`)
    expect(mail.attachments).to.deep.equal([])

    const [head] = raw.toString('latin1').split('\r\n\r\n')
    const names = head!.split(/\r\n(?![ \t])/).map(line => line.split(':')[0]!.toLowerCase())
    expect(names, 'each header once').to.deep.equal([...new Set(names)])
    expect(raw.toString('latin1'), 'seven bits, so that no relay has to change it').to.match(/^\p{ASCII}*$/u)
    for (const line of raw.toString('latin1').split('\r\n')) expect(line.length).to.be.lessThan(999)
    expect(raw.toString('latin1').replaceAll('\r\n', ''), 'no bare line end').to.not.match(/[\r\n]/)
  })

  it('the text and the HTML of a mail say the same', async () => {
    const server = await aMailServer()
    await caughtBy(server)
    await aMail(await cast.learner())
    await runJobs({ mailer: mailerTo(server.url) })
    const { mail } = server.caught[0]!
    for (const line of mail.text!.split('\n').filter(line => line.trim() && !line.startsWith('-- ')))
      expect(String(mail.html).replaceAll('&#39;', "'"), line).to.contain(line.trim().replace(/:$/, ''))
  })

  it('an address with a line break makes no header and no second recipient', async () => {
    const server = await aMailServer()
    await caughtBy(server)
    const mail = await aMail(await cast.learner())
    await sql(null, 'update mails set address = $2 where id = $1', [mail.id, 'a@b.example\r\nBcc: victim@x.example'])
    await runJobs({ mailer: mailerTo(server.url) })
    for (const { raw, to } of server.caught) {
      expect(raw.toString()).to.not.match(/^bcc:/im)
      expect(to).to.not.include('victim@x.example')
    }
  })

  it('a rolled-back event sends nothing', async () => {
    const person = await cast.learner()
    const to = (await recipient(person.id))!
    await inTransaction(async () => {
      await notify(to, 'confirm-address', 'event:undone', { link: LINK, code: '1' })
      throw new Error('undone')
    }).catch(() => {})
    expect(await sql(null, 'select 1 from mails')).to.deep.equal([])
    expect(await sql(null, 'select 1 from jobs')).to.deep.equal([])
  })

  it('one event reaches one address once', async () => {
    const server = await aMailServer()
    await caughtBy(server)
    const person = await cast.learner()
    for (let i = 0; i < 3; i++) await aMail(person, { event: 'event:same' })
    await runJobs({ mailer: mailerTo(server.url) })
    expect(server.caught).to.have.length(1)
  })

  const faults: Record<string, () => Promise<{ url: string; close(): Promise<void> }>> = {
    'refuses the connection': async () => {
      const server = await aBadServer(() => {})
      await server.close()
      return { url: server.url, close: async () => {} }
    },
    'says nothing': () => aBadServer(() => {}),
    'cuts the line at once': () => aBadServer(socket => socket.destroy()),
    'cuts the line in the middle of a mail': () =>
      aBadServer(socket => {
        socket.write('220 mail\r\n')
        socket.on('data', data => {
          const command = data.toString()
          if (/^EHLO/.test(command)) socket.write('250 mail\r\n')
          else if (/^(MAIL|RCPT)/.test(command)) socket.write('250 ok\r\n')
          else if (/^DATA/.test(command)) socket.write('354 go\r\n')
          else socket.destroy()
        })
      }),
    'refuses the mail': () =>
      aMailServer(() => {
        throw Object.assign(new Error('Greylisted, come back later'), { responseCode: 451 })
      }),
  }
  for (const [fault, start] of Object.entries(faults))
    it(`a server that ${fault}: the mail waits, and goes later under the same Message-ID`, async () => {
      standAt(AT)
      const bad = await start()
      const { id, messageId } = await aMail(await cast.learner())
      await runJobs({ mailer: mailerTo(bad.url) })
      await bad.close()
      const row = await rowOf(id)
      expect(row.sentAt).to.equal(null)
      expect(row.failedAt).to.equal(null)
      expect(row.lastError).to.be.a('string')

      const good = await aMailServer()
      await caughtBy(good)
      expect(await runJobs({ mailer: mailerTo(good.url) }), 'not before its time').to.equal(0)
      standAt(
        Temporal.Instant.from(AT)
          .add({ seconds: backoff(1) })
          .toString(),
      )
      await runJobs({ mailer: mailerTo(good.url) })
      expect(good.caught.map(({ mail }) => mail.messageId)).to.deep.equal([messageId])
      expect(await rowOf(id)).to.include({ lastError: null })
    })

  it('a worker that dies between the yes of the server and its own mark repeats under the same Message-ID', async () => {
    standAt(AT)
    const server = await aMailServer()
    await caughtBy(server)
    const { id, messageId } = await aMail(await cast.learner())
    const mailer = mailerTo(server.url)
    // The job is claimed, the server says yes, and nothing after it happens.
    const dying: Mailer = {
      async send(letter) {
        await mailer.send(letter)
        await new Promise(() => {})
      },
      close: () => {},
    }
    void runJobs({ mailer: dying })
    while (!server.caught.length) await new Promise(resolve => setTimeout(resolve, 20))
    expect((await rowOf(id)).sentAt).to.equal(null)

    expect(await runJobs({ mailer }), 'the lease holds').to.equal(0)
    standAt(Temporal.Instant.from(AT).add({ minutes: 3 }).toString())
    expect(await runJobs({ mailer })).to.equal(1)
    expect(server.caught.map(({ mail }) => mail.messageId)).to.deep.equal([messageId, messageId])
    expect((await rowOf(id)).sentAt).to.not.equal(null)
    expect(await runJobs({ mailer }), 'done').to.equal(0)
  })

  it('after twelve tries over more than a day a mail is failed, and staff send it again', async () => {
    let at = Temporal.Instant.from(AT)
    setClock(() => at)
    const bad = await aMailServer(() => {
      throw Object.assign(new Error('Greylisted, come back later'), { responseCode: 451 })
    })
    await caughtBy(bad)
    const { id, messageId } = await aMail(await cast.learner())
    const mailer = mailerTo(bad.url)
    for (let tries = 1; tries <= MAX_TRIES; tries++) {
      expect(await runJobs({ mailer }), `try ${tries}`).to.equal(1)
      at = at.add({ seconds: backoff(tries) })
    }
    expect(at.since(Temporal.Instant.from(AT)).total('hours')).to.be.greaterThan(24)
    expect(await runJobs({ mailer })).to.equal(0)
    expect((await rowOf(id)).failedAt).to.not.equal(null)

    const reader = await signedIn(await cast.coordinator())
    const list = await reader.get('/en/manage/mails?state=failed')
    expect(list.text).to.contain('learner@ministry.example').and.to.contain('Failed')
    await reader.open(`/en/manage/mails/${id}`)
    const after = await reader.follow(await reader.submit(`/manage/mails/${id}/sending`))
    expect(after.text).to.contain('The mail is on its way.')

    const good = await aMailServer()
    await caughtBy(good)
    await runJobs({ mailer: mailerTo(good.url) })
    expect(good.caught.map(({ mail }) => mail.messageId)).to.deep.equal([messageId])
  })

  it('a server that hangs never holds a worker longer than its lease', async function () {
    this.timeout(10_000)
    // Drips one character at a time, so that no silence is ever long.
    const server = await aBadServer(socket => {
      const drip = setInterval(() => socket.write('2'), 50)
      socket.on('close', () => clearInterval(drip))
    })
    await caughtBy(server)
    await aMail(await cast.learner())
    await runJobs({ mailer: mailerTo(server.url) })
  })
})

describe('the outbox', () => {
  it('without a mail server mails are kept, and staff read them with links that work', async () => {
    const { id } = await aMail(await cast.learner())
    const staff = await signedIn(await cast.coordinator())
    expect((await staff.get('/en/manage/mails')).text).to.contain('Waiting')
    expect((await staff.get(`/en/manage/mails/${id}`)).text).to.contain('not written yet')
    await runJobs()
    const list = await staff.get('/en/manage/mails')
    expect(list.text).to.contain('Kept here').and.to.contain('No mail server is set up')
    const mail = await staff.get(`/en/manage/mails/${id}`)
    expect(mail.$(`a[href="/en${LINK}"]`).text()).to.match(/^http/)
    expect(mail.text).to.contain('123456')
    const html = await staff.agent.get(`/en/manage/mails/${id}/html`)
    expect(html.text).to.contain('Confirm the address')
    expect(html.headers['content-security-policy']).to.contain("default-src 'none'").and.to.contain('sandbox')
    expect((await staff.get(`/ru/manage/mails/${id}`)).text).to.contain('Хранится здесь')
  })

  it('the key to an account is read by an administrator only', async () => {
    const person = await cast.learner()
    const to = (await recipient(person.id))!
    await notify(to, 'reset-password', 'event:reset', { link: '/reset/secret-key', code: '654321' })
    await sql(
      null,
      `update mails set subject = 's', body_text = '/reset/secret-key', body_html = '<p>secret-key', kept_at = now()`,
    )
    const { id } = (await one<{ id: string }>(null, 'select id from mails'))!
    const coordinator = await signedIn(await cast.coordinator())
    const page = await coordinator.get(`/en/manage/mails/${id}`)
    expect(page.html).to.not.contain('secret-key')
    expect(page.text).to.contain('Only its addressee reads it')
    expect((await coordinator.get(`/en/manage/mails/${id}/html`)).status).to.equal(403)
    const administrator = await signedIn(await cast.administrator())
    expect((await administrator.get(`/en/manage/mails/${id}`)).html).to.contain('secret-key')
  })

  it('only staff see the pages of mails and of the queue', async () => {
    const { id } = await aMail(await cast.learner())
    for (const person of [await cast.trainer(), await cast.focalPoint(), await cast.stranger()]) {
      const reader = await signedIn(person)
      for (const path of ['/en/manage/mails', `/en/manage/mails/${id}`, '/en/manage/jobs', '/en/manage/audit'])
        expect((await reader.get(path)).status, `${person.name} ${path}`).to.equal(404)
    }
    expect((await guest().get('/en/manage/mails')).location).to.match(/^\/en\/sign-in/)
  })

  it('the list is paged from the newest by address and state', async () => {
    const person = await cast.learner()
    for (let i = 0; i < 120; i++) await aMail(person, { event: `event:${i}` })
    await sql(null, `update mails set sent_at = now() where event_key = 'event:7'`)
    const staff = await signedIn(await cast.coordinator())
    const seen = new Set<string>()
    let page = await staff.get('/en/manage/mails')
    for (let pages = 1; ; pages++) {
      for (const link of page.$('tbody a').toArray()) seen.add(page.$(link).attr('href')!)
      const next = page.$('a[rel=next]').attr('href')
      if (!next) {
        expect(pages).to.equal(3)
        break
      }
      page = await staff.get(next)
    }
    expect(seen.size).to.equal(120)
    expect((await staff.get('/en/manage/mails?state=sent')).$('tbody tr').length).to.equal(1)
    expect((await staff.get('/en/manage/mails?to=learner%40')).$('tbody tr').length).to.equal(50)
    expect((await staff.get('/en/manage/mails?to=nobody')).text).to.contain('No such mails')
  })

  it('every kind of mail and every task has words in both languages', () => {
    const jobs = Object.keys(handlers({ ...theHouse(), mailer: undefined }))
    for (const code of ['en', 'ru']) {
      const t = theHouse().texts.translator(code)
      const keys = [
        ...mailKinds.map(kind => `mails.kinds.${kind}`),
        ...jobs.map(job => `mails.jobs.${job.replaceAll('.', '-')}`),
      ]
      for (const key of keys) expect(t(key), `${code} ${key}`).to.not.equal(key)
    }
  })

  it('each kind of mail has its letter', () => {
    const source = readFileSync(new URL('../models/notifying.ts', import.meta.url), 'utf8')
    const kinds = [
      ...source
        .split('export type Mails = {')[1]!
        .split('\n}')[0]!
        .matchAll(/^ {2}'?([a-z-]+)'?:/gm),
    ]
    expect(kinds.map(([, kind]) => kind).sort()).to.deep.equal([...mailKinds].sort())
  })

  it('a mail that is sent is not sent again by hand', async () => {
    const { id } = await aMail(await cast.learner())
    await sql(null, 'update mails set sent_at = now()')
    const refusal = await sendAgain(await asActor(await cast.coordinator()), id).catch(error => error)
    expect(refusal.key).to.equal('mails.notKept')
  })
})

describe('the outbox of the demo', () => {
  it('a guest reads all mails and follows their links', async () => {
    const { id } = await aMail(await cast.learner())
    await runJobs()
    const visitor = demoReader()
    const home = await visitor.get('/en/')
    expect(home.$('a[href="/en/outbox"]').length).to.be.greaterThan(0)
    const list = await visitor.get('/en/outbox')
    expect(list.text).to.contain('learner@ministry.example')
    const mail = await visitor.get(`/en/outbox/${id}`)
    expect(mail.$(`a[href="/en${LINK}"]`).length).to.equal(1)
    expect((await visitor.agent.get(`/en/outbox/${id}/html`)).status).to.equal(200)
    expect((await visitor.get('/ru/outbox')).text).to.contain('Письма этой демонстрации')
  })

  it('outside the demo there is no such page, not even for staff', async () => {
    const { id } = await aMail(await cast.learner())
    await runJobs()
    for (const reader of [guest(), await signedIn(await cast.administrator())])
      for (const path of ['/en/outbox', `/en/outbox/${id}`, `/en/outbox/${id}/html`])
        expect((await reader.get(path)).status, path).to.equal(404)
  })
})
