import { expect } from 'chai'
import { sql } from '../lib/db.ts'
import { claim, enqueue } from '../lib/queue.ts'
import { standAt } from './support/app.ts'
import { guest } from './support/reader.ts'

const AT = '2027-03-02T08:00:00Z'
const ready = async () => {
  const page = await guest().get('/readyz')
  return { status: page.status, ...(page.body as Record<string, boolean>) }
}

describe('health', () => {
  beforeEach(() => standAt(AT))

  it('the process and its readiness answer in JSON without a language and without a sign-in session', async () => {
    const health = await guest().get('/healthz')
    expect(health.body).to.deep.equal({ ok: true })
    expect(health.headers['set-cookie']).to.equal(undefined)
    expect(await ready()).to.deep.include({ status: 200, ok: true, database: true, migrations: true, queue: true })
  })

  it('a job that nobody takes for ten minutes is a stuck queue', async () => {
    await enqueue('say', {})
    standAt('2027-03-02T08:09:00Z')
    expect(await ready()).to.include({ status: 200 })
    standAt('2027-03-02T08:11:00Z')
    expect(await ready()).to.include({ status: 503, ok: false, queue: false, database: true })
  })

  it('a worker busy with a slow mail server is no reason to take the pages away', async () => {
    await enqueue('say', {})
    await enqueue('say', {})
    standAt('2027-03-02T08:11:00Z')
    await claim()
    expect(await ready()).to.include({ status: 200, queue: true })
  })

  it('a job that failed is for staff, not for the proxy', async () => {
    await enqueue('say', {})
    await sql(null, 'update jobs set failed_at = now()')
    standAt('2027-03-05T08:00:00Z')
    expect(await ready()).to.include({ status: 200, queue: true })
  })

  it('a migration that is missing is seen', async () => {
    const [last] = await sql<{ name: string; at: unknown }>(
      null,
      'delete from migrations where name = (select max(name) from migrations) returning name, applied_at as at',
    )
    try {
      expect(await ready()).to.include({ status: 503, migrations: false, database: true })
    } finally {
      await sql(null, 'insert into migrations (name, applied_at) values ($1, $2)', [last!.name, last!.at])
    }
  })
})
