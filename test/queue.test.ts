import { expect } from 'chai'
import { inTransaction, one, sql } from '../lib/db.ts'
import {
  backoff,
  claim,
  done,
  drain,
  enqueue,
  type Handler,
  MAX_TRIES,
  putBack,
  queueState,
  startWorker,
} from '../lib/queue.ts'
import { setClock } from '../lib/time.ts'
import { tryAgain } from '../models/retrying.ts'
import { standAt } from './support/app.ts'
import { asActor, cast } from './support/people.ts'
import { signedIn } from './support/reader.ts'

const AT = '2027-03-02T08:00:00Z'
const standAfter = (span: object) => standAt(Temporal.Instant.from(AT).add(span).toString())
const count = async () => (await one<{ n: number }>(null, 'select count(*)::int as n from jobs'))!.n

describe('queue', () => {
  beforeEach(() => standAt(AT))

  it('a job of a rolled-back event is never done', async () => {
    await inTransaction(async () => {
      await enqueue('say', {})
      throw new Error('undone')
    }).catch(() => {})
    expect(await count()).to.equal(0)
  })

  it("a claimed job is nobody else's until its lease runs out", async () => {
    await enqueue('say', { word: 'a' })
    const first = (await claim())!
    expect(first).to.deep.include({ name: 'say', payload: { word: 'a' }, tries: 1 })
    expect(await claim()).to.equal(undefined)
    standAfter({ minutes: 1, seconds: 59 })
    expect(await claim()).to.equal(undefined)
    standAfter({ minutes: 2, seconds: 1 })
    expect(await claim()).to.deep.include({ id: first.id, tries: 2 })
  })

  it('who lost the lease changes nothing for the one who holds it', async () => {
    await enqueue('say', {})
    const slow = (await claim())!
    standAfter({ minutes: 3 })
    const holder = (await claim())!
    await putBack(slow, new Error('too late'))
    standAfter({ minutes: 4 }) // longer than a job put back would wait, shorter than the lease of the second
    expect(await claim(), 'still in the hands of the second').to.equal(undefined)
    await done(holder)
    expect(await count()).to.equal(0)
  })

  it('a job that fails comes back later and later, and after twelve tries stays for staff to see', async () => {
    let at = Temporal.Instant.from(AT)
    setClock(() => at)
    const failing: Record<string, Handler> = { say: async () => Promise.reject(new Error('no way')) }
    await enqueue('say', {})
    for (let tries = 1; tries <= MAX_TRIES; tries++) {
      expect(await drain(failing), `try ${tries}`).to.equal(1)
      expect(await drain(failing), `not at once after try ${tries}`).to.equal(0)
      at = at.add({ seconds: backoff(tries) })
    }
    expect(backoff(2)).to.be.greaterThan(backoff(1))
    at = at.add({ hours: 24 * 30 })
    expect(await drain(failing)).to.equal(0)
    expect(await queueState()).to.deep.equal({
      waiting: 0,
      failed: 1,
      working: 0,
      oldest: null,
      waitingSince: null,
      lastError: null,
    })

    const coordinator = await cast.coordinator()
    const reader = await signedIn(coordinator)
    const page = await reader.get('/en/manage/jobs')
    expect(page.text).to.contain('no way').and.to.contain('1 failed')
    const id = (await one<{ id: string }>(null, 'select id from jobs'))!.id
    const answer = await reader.follow(await reader.submit(`/manage/jobs/${id}/another-try`))
    expect(answer.text).to.contain('It is tried again now.')
    let said = 0
    const working: Record<string, Handler> = { say: async () => void said++ }
    expect(await drain(working)).to.equal(1)
    expect(said).to.equal(1)
    const line = await one(null, `select actor_id::text as id from audit_entries where action = 'job.retried'`)
    expect(line).to.deep.equal({ id: coordinator.id })
  })

  it('all that failed is tried again with one button', async () => {
    for (let i = 0; i < 3; i++) await enqueue('say', { i })
    await sql(null, `update jobs set failed_at = now(), tries = 12, last_error = 'x'`)
    const reader = await signedIn(await cast.coordinator())
    await reader.get('/ru/manage/jobs')
    const answer = await reader.follow(await reader.submit('/ru/manage/jobs/another-try'))
    expect(answer.text).to.contain('Все задачи запущены снова.')
    expect(await queueState()).to.include({ waiting: 3, failed: 0 })
  })

  it('a job that has not failed is not started twice by hand', async () => {
    await enqueue('say', {})
    const { id } = (await claim())!
    const refusal = await tryAgain(await asActor(await cast.coordinator()), id).catch(error => error)
    expect(refusal.key).to.equal('jobs.notFailed')
  })

  it('a key makes a job unique while it waits', async () => {
    for (let i = 0; i < 50; i++) await enqueue('say', {}, { key: 'say:slot-1' })
    expect(await count()).to.equal(1)
    await done((await claim())!)
    await enqueue('say', {}, { key: 'say:slot-1' })
    expect(await count()).to.equal(1)
  })

  it('what a person waits for overtakes bulk, then the older comes first', async () => {
    await enqueue('bulk', { n: 1 })
    await enqueue('bulk', { n: 2 })
    await enqueue('urgent', {}, { priority: 1 })
    const order: string[] = []
    const handler: Handler = async (payload, job) => void order.push(job.name + ((payload as { n?: number }).n ?? ''))
    await drain({ bulk: handler, urgent: handler })
    expect(order).to.deep.equal(['urgent', 'bulk1', 'bulk2'])
  })

  it('a job for later waits for its time', async () => {
    await enqueue('say', {}, { runAt: Temporal.Instant.from(AT).add({ hours: 1 }) })
    expect(await claim()).to.equal(undefined)
    standAfter({ hours: 1 })
    expect(await claim()).to.not.equal(undefined)
  })

  it('a job nobody handles is put back with the reason', async () => {
    await enqueue('unheard-of', {})
    await drain({})
    expect((await one<{ e: string }>(null, 'select last_error as e from jobs'))!.e).to.contain('unheard-of')
  })

  it('a running worker is woken by the commit and ends its job before it stops', async () => {
    setClock()
    let [began, ended] = [0, 0]
    const handler: Handler = async () => {
      began++
      await new Promise(resolve => setTimeout(resolve, 150))
      ended++
    }
    // It looks for work by itself once a minute: longer than a test may take.
    const worker = startWorker({ say: handler }, 60_000)
    await new Promise(resolve => setTimeout(resolve, 200))
    await inTransaction(() => enqueue('say', {}))
    while (!began) await new Promise(resolve => setTimeout(resolve, 5))
    await worker.stop()
    expect(ended).to.equal(1)
    expect(await count()).to.equal(0)
  })

  it('the age of the oldest due job tells a stuck queue, and a job in hand is not stuck', async () => {
    await enqueue('say', {})
    standAfter({ minutes: 30 })
    expect(String((await queueState()).oldest)).to.equal(AT)
    await claim()
    expect(await queueState()).to.deep.include({ oldest: null, working: 1 })
  })
})
