import { expect } from 'chai'
import { inTransaction, one, sql } from '../lib/db.ts'
import { createMailer, type Mailer } from '../lib/mailer.ts'
import { claim, enqueue, Hopeless, lastWorked, startWorker, Unreachable } from '../lib/queue.ts'
import { setClock } from '../lib/time.ts'
import { notify, recipient } from '../models/notifying.ts'
import { handlers } from '../server/jobs/index.ts'
import { runJobs, standAt, theHouse } from './support/app.ts'
import { type Fault, MailDouble } from './support/mail-double.ts'
import { aPerson, cast, type Someone } from './support/people.ts'
import { guest, signedIn } from './support/reader.ts'

const AT = Temporal.Instant.from('2027-03-02T08:00:00Z')

let double: MailDouble
let mailer: Mailer
let at: Temporal.Instant

/** News to each of these people. */
async function news(people: Someone[], kind: 'password-changed' | 'reset-password' = 'password-changed') {
  for (const person of people) {
    const to = (await recipient(person.id))!
    const data = kind === 'reset-password' ? { link: '/reset-password/x', code: '123456' } : {}
    await inTransaction(() => notify(to, kind, `fault:${kind}:${person.id}`, data as never))
  }
}

const crowd = async (count: number) => {
  const people: Someone[] = []
  for (let n = 0; n < count; n++) people.push(await aPerson())
  return people
}

/** Lets time pass in steps, the queue worked through at each: as much as `span` in compressed time. */
async function pass(span: object, stepSeconds = 60) {
  const until = at.add(span)
  while (Temporal.Instant.compare(at, until) < 0) {
    at = at.add({ seconds: stepSeconds })
    await runJobs({ mailer })
  }
}

const mailsNow = () =>
  sql<{ address: string; messageId: string; sent: boolean; failed: boolean; tries: number; error: string | null }>(
    null,
    `select address, message_id as "messageId", sent_at is not null as sent, failed_at is not null as failed, tries,
       last_error as error from mails order by id`,
  )

/** Every mail has reached its address under its one Message-ID; returns how many came more than once. */
async function delivered(people: Someone[]): Promise<number> {
  const rows = await mailsNow()
  expect(rows.map(({ address }) => address)).to.have.members(people.map(({ email }) => email))
  for (const { address, sent } of rows) expect(sent, address).to.equal(true)
  const pairs = double.stored.map(({ to, messageId }) => `${to} ${messageId}`)
  expect([...new Set(pairs)]).to.have.members(rows.map(({ address, messageId }) => `${address} ${messageId}`))
  expect(await sql(null, `select 1 from jobs where name = 'mail.send'`)).to.deep.equal([])
  return pairs.length - new Set(pairs).size
}

/** A page is answered while the worker is with the mail server. */
async function pagesAnswer() {
  expect((await guest().get('/en/sign-in')).status).to.equal(200)
}

describe('faults of the mail server', () => {
  beforeEach(async () => {
    at = AT
    setClock(() => at)
    double = await new MailDouble().up()
    mailer = createMailer(double.url, { patienceMs: 500 })
  })
  afterEach(async () => {
    mailer.close()
    await double.down()
  })

  const passing: { fault: Fault | 'refuses the connection'; repeats: number }[] = [
    { fault: 'refuses the connection', repeats: 0 },
    { fault: 'hangs before greeting', repeats: 0 },
    { fault: 'hangs after the mail', repeats: 0 },
    { fault: 'cuts in the mail', repeats: 0 },
    { fault: 'cuts before yes', repeats: 0 },
    { fault: 'cuts after storing', repeats: 3 },
    { fault: 'is busy', repeats: 0 },
  ]
  for (const { fault, repeats } of passing)
    it(`${fault}: nothing is lost, ${repeats ? 'and what it stored unheard comes once more' : 'nothing comes twice'}`, async () => {
      const people = await crowd(3)
      if (fault === 'refuses the connection') await double.down()
      else double.fault = fault
      await news(people)
      const working = runJobs({ mailer })
      await pagesAnswer()
      await working
      for (const { sent, failed, error } of await mailsNow()) {
        expect({ sent, failed }).to.deep.equal({ sent: false, failed: false })
        expect(error).to.be.a('string')
      }
      if (fault === 'refuses the connection') await double.up()
      double.fault = undefined
      await pass({ seconds: 30 }, 10)
      expect(await delivered(people)).to.equal(repeats)
      for (const { messageId } of double.stored.filter(({ heard }) => !heard))
        expect(double.stored.filter(each => each.messageId === messageId)).to.have.length(2)
    }).timeout(15_000)

  it('greylists: comes back until it is let in, once', async () => {
    double.fault = 'greylists'
    const people = await crowd(3)
    await news(people)
    await pass({ seconds: 60 }, 10)
    expect((await mailsNow()).map(({ sent, tries }) => ({ sent, tries }))).to.deep.equal(
      people.map(() => ({ sent: false, tries: 3 })),
    )
    await pass({ minutes: 4 }, 30)
    expect(await delivered(people)).to.equal(0)
    expect((await mailsNow()).map(({ tries }) => tries)).to.deep.equal([4, 4, 4])
  })

  it('trickles: a slow server is waited for as long as patience lasts, and gets each mail once', async () => {
    double.fault = 'trickles'
    const people = await crowd(2)
    await news(people)
    mailer.close()
    mailer = createMailer(double.url, { patienceMs: 5000 })
    await runJobs({ mailer })
    expect(await delivered(people)).to.equal(0)
  })

  it('is down for two hours: staff see how old the queue is, pages and readiness stay, all is delivered soon after', async () => {
    const people = await crowd(12)
    await double.down()
    await news(people)
    const staff = await signedIn(await cast.coordinator())
    await pass({ minutes: 61 })
    for (const path of ['/en/manage/mails', '/en/manage/jobs']) {
      const page = await staff.get(path)
      expect(page.text, path).to.contain('12 tasks wait').and.contain('The oldest has waited for 61 minutes')
      expect(page.text, path).to.contain('Work is late').and.contain('ECONNREFUSED')
    }
    expect((await staff.get('/ru/manage/mails')).text).to.contain('Самая старая ждёт 61 минуту')
    const readiness = await guest().get('/readyz')
    expect(readiness.status).to.equal(200)
    expect(readiness.body).to.include({ ok: true, queueAge: 61 * 60 })
    await pass({ minutes: 59 })
    await pagesAnswer()
    expect((await mailsNow()).some(({ sent, failed }) => sent || failed)).to.equal(false)
    await double.up()
    await pass({ minutes: 5 })
    expect(await delivered(people)).to.equal(0)
    expect((await guest().get('/readyz')).body).to.include({ queueAge: 0 })
    expect((await staff.get('/en/manage/mails')).text)
      .to.contain('Nothing is late.')
      .and.not.contain('Work is late')
  }).timeout(60_000)

  it('a mail server away for two days is given up, and a mail that staff send again has its tries again', async () => {
    await double.down()
    const people = await crowd(1)
    await news(people)
    await pass({ hours: 47 }, 1800)
    expect((await mailsNow())[0]!.failed).to.equal(false)
    await pass({ hours: 2 }, 1800)
    expect((await mailsNow())[0]!.failed).to.equal(true)
    const staff = await signedIn(await cast.coordinator())
    const { id } = (await one<{ id: string }>(null, 'select id from mails'))!
    await staff.open(`/en/manage/mails/${id}`)
    await staff.submit(`/manage/mails/${id}/sending`)
    await runJobs({ mailer })
    expect((await mailsNow())[0]!.failed).to.equal(false)
    await double.up()
    await pass({ seconds: 20 }, 10)
    expect(await delivered(people)).to.equal(0)
  }).timeout(60_000)

  it('refuses one recipient for good: failed at once, shown to staff with the reason, sent again by a button', async () => {
    const people = await crowd(3)
    double.unknown.add(people[1]!.email)
    await news(people)
    await runJobs({ mailer })
    const rows = await mailsNow()
    expect(rows.map(({ sent, failed }) => ({ sent, failed }))).to.deep.equal([
      { sent: true, failed: false },
      { sent: false, failed: true },
      { sent: true, failed: false },
    ])
    expect(rows[1]!.tries).to.equal(1)
    const staff = await signedIn(await cast.coordinator())
    const list = await staff.get('/en/manage/mails?state=failed')
    expect(list.text).to.contain(people[1]!.email).and.contain('550 5.1.1 No such user here')
    const { id } = (await one<{ id: string }>(null, 'select id from mails where failed_at is not null'))!
    await pass({ hours: 1 }, 600)
    expect(double.stored, 'nobody goes on trying').to.have.length(2)
    double.unknown.clear()
    const mail = await staff.open(`/en/manage/mails/${id}`)
    expect(mail.text).to.contain('550 5.1.1 No such user here')
    expect((await staff.follow(await staff.submit(`/manage/mails/${id}/sending`))).text).to.contain('on its way')
    await runJobs({ mailer })
    expect(await delivered(people)).to.equal(0)
  })

  it('while a mail hangs, others and pages go on: it holds one line to the mail server and none to the database', async () => {
    setClock()
    const [stuck, ...others] = await crowd(4)
    const hanging: Mailer = {
      close() {},
      send: letter => (letter.to === stuck!.email ? new Promise(() => {}) : mailer.send(letter)),
    }
    const worker = startWorker(handlers({ ...theHouse(), mailer: hanging }), 20)
    await news([stuck!, ...others])
    const until = Date.now() + 5000
    while (double.stored.length < 3 && Date.now() < until) await new Promise(resolve => setTimeout(resolve, 20))
    await pagesAnswer()
    expect(double.stored.map(({ to }) => to)).to.have.members(others.map(({ email }) => email))
    void worker.stop()
  })

  it('while bulk hangs on every line it may use, news of one event and a reset still go', async () => {
    setClock()
    const [event, reset, ...bulk] = await crowd(42)
    await news(bulk)
    await sql(null, 'update jobs set priority = 8')
    const begun: string[] = []
    let release = () => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    const hanging: Mailer = {
      close() {},
      async send(letter) {
        begun.push(letter.to)
        if (letter.to === event!.email || letter.to === reset!.email) await mailer.send(letter)
        else await held
      },
    }
    const worker = startWorker(handlers({ ...theHouse(), mailer: hanging }), 20)
    while (begun.length < 2) await new Promise(resolve => setTimeout(resolve, 20))
    await news([event!])
    await news([reset!], 'reset-password')
    const until = Date.now() + 5000
    while (double.stored.length < 2 && Date.now() < until) await new Promise(resolve => setTimeout(resolve, 20))
    const before = begun.filter(to => to !== event!.email && to !== reset!.email).length
    release()
    await worker.stop()
    expect(double.stored.map(({ to }) => to)).to.have.members([event!.email, reset!.email])
    expect(before, 'bulk in hand all that while').to.equal(2)
  }).timeout(15_000)

  it('says what kind of failure it was: for good, not reached, or to be tried again', async () => {
    const kindAt = async (prepare: () => unknown) => {
      await prepare()
      const letter = { from: 'a@b.example', subject: 's', text: 't', html: 'h', messageId: '<a@b>', to: 'x@y.example' }
      return mailer.send(letter).catch(error => error)
    }
    expect(await kindAt(() => double.unknown.add('x@y.example'))).to.be.instanceOf(Hopeless)
    double.unknown.clear()
    const busy = await kindAt(() => {
      double.fault = 'is busy'
    })
    expect(busy).to.be.instanceOf(Error).and.not.instanceOf(Hopeless).and.not.instanceOf(Unreachable)
    for (const fault of ['hangs after the mail', 'cuts in the mail', 'cuts before yes'] as Fault[])
      expect(
        await kindAt(() => {
          double.fault = fault
        }),
        fault,
      ).to.be.instanceOf(Unreachable)
    expect(await kindAt(() => double.down())).to.be.instanceOf(Unreachable)
    await double.up()
  })

  it('one mail that finds nobody spares the others the try: the lane asks again a little later', async () => {
    standAt(String(AT))
    let asked = 0
    const away = {
      'mail.send': async () => Promise.reject(new Unreachable(`nobody, ${++asked}`)),
      other: async () => {},
    }
    for (let n = 0; n < 40; n++) await inTransaction(() => enqueue('mail.send', { n }, { priority: 8 }))
    await inTransaction(() => enqueue('other', {}, { priority: 9 }))
    const worker = startWorker(away, 10)
    const there = () => sql(null, `select 1 from jobs where name = 'other'`)
    const until = Date.now() + 5000
    while ((await there()).length && Date.now() < until) await new Promise(resolve => setTimeout(resolve, 10))
    await worker.stop()
    expect(await there(), 'other work goes on').to.deep.equal([])
    expect(asked, 'once for each lane that takes it').to.equal(2)
    expect(String(lastWorked())).to.equal(String(AT))
    const tried = await one<{ n: number }>(null, 'select count(*)::int as n from jobs where tries > 0')
    expect(tried!.n).to.equal(2)
    expect(await claim(9, ['mail.send'])).to.equal(undefined)
  })
})
