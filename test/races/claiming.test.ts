import { expect } from 'chai'
import { inScope, inTransaction, one, sql } from '../../lib/db.ts'
import { claim, drain, enqueue, type Handler, startWorker } from '../../lib/queue.ts'
import '../support/app.ts'

const at40 = <T>(fn: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: 40 }, (_, n) => inScope(() => fn(n))))

describe('claiming under 40 connections', () => {
  it('one job goes to one worker', async () => {
    await enqueue('say', {})
    const claimed = await at40(() => claim())
    expect(claimed.filter(Boolean)).to.have.length(1)
  })

  it('300 jobs are each done once', async () => {
    for (let i = 0; i < 300; i++) await enqueue('say', { i })
    const done: number[] = []
    const handler: Handler = async payload => void done.push((payload as { i: number }).i)
    await at40(() => drain({ say: handler }))
    expect(done.sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 300 }, (_, i) => i))
    expect(await sql(null, 'select 1 from jobs')).to.deep.equal([])
  })

  it('forty posts under one key make one job', async () => {
    await at40(() => inTransaction(() => enqueue('say', {}, { key: 'slot' })))
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from jobs'))!.n).to.equal(1)
  })

  it('several workers at once do each job once while jobs keep coming', async () => {
    const done: number[] = []
    const handler: Handler = async payload => {
      await new Promise(resolve => setTimeout(resolve, 2))
      done.push((payload as { i: number }).i)
    }
    const workers = Array.from({ length: 5 }, () => startWorker({ say: handler }, 50))
    for (let i = 0; i < 200; i++) await inTransaction(() => enqueue('say', { i }))
    const until = Date.now() + 10_000
    while (done.length < 200 && Date.now() < until) await new Promise(resolve => setTimeout(resolve, 20))
    for (const worker of workers) await worker.stop()
    expect(done.sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 200 }, (_, i) => i))
  })
})
