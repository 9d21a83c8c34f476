import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { queueState } from '../lib/queue.ts'
import { fillDemo } from '../server/demo/index.ts'
import { DEMO_PASSWORD, DEMO_PEOPLE } from '../server/demo/people.ts'
import { runJobs, theHouse } from './support/app.ts'
import { template } from './support/database.ts'
import { demoReader } from './support/demo.ts'

const ROOT = new URL('..', import.meta.url).pathname

const fill = () => fillDemo(theHouse().config)
const counts = async () => {
  const tables = await sql<{ name: string }>(
    null,
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const text = tables
    .map(({ name }) => `select '${name}' as name, count(*)::int as n from "${name}"`)
    .join(' union all ')
  return Object.fromEntries((await sql<{ name: string; n: number }>(null, text)).map(({ name, n }) => [name, n]))
}
const number = async (text: string) => (await one<{ n: number }>(null, `select count(*)::int as n from ${text}`))!.n

describe('demo', function () {
  this.timeout(60_000)

  it('filling it again changes nothing', async () => {
    await fill()
    const before = await counts()
    await fill()
    expect(await counts()).to.deep.equal(before)
  })

  it('shows trainings at different points of their life', async () => {
    await fill()
    expect(await number(`trainings where format = 'self_paced' and seats is null and status = 'running'`)).to.equal(1)
    expect(
      await number(`trainings t where seats = (select count(*) from enrollments where training_id = t.id
      and status = 'enrolled') and exists (select 1 from enrollments where training_id = t.id and status = 'waiting')`),
    ).to.equal(1)
    expect(await number(`trainings where status = 'closed' and ends_on < current_date`)).to.equal(2)
    const workshop = `(select id from trainings where format = 'blended')`
    expect(await number(`sessions where training_id = ${workshop} and kind = 'session'`)).to.equal(20)
    expect(
      await number(`(select distinct person_id from bookings b join sessions s on s.id = b.session_id
        where s.training_id = ${workshop} and b.role = 'trainer') as trainers`),
    ).to.equal(3)
    expect(await number(`submissions where status = 'handed_in'`)).to.equal(3)
    expect(await number(`submissions where status = 'returned'`)).to.equal(1)
    expect(await number(`submissions where status = 'accepted'`)).to.equal(2)
    expect(await number('grade_releases')).to.equal(1)
    expect(await number(`trainings where enrollment_mode = 'approval' and starts_on > current_date`)).to.equal(1)
    expect(await number('certificates where revoked_at is null')).to.be.at.least(5)
    expect(await number('certificates where revoked_at is not null')).to.equal(1)
    expect(await number('form_responses')).to.be.at.least(5)
    expect(
      await number(`enrollments where names_confirmed_at is not null and not exists
      (select 1 from certificates where enrollment_id = enrollments.id)`),
    ).to.equal(1)
    expect(await number('enrollments where eligible_at is not null and names_confirmed_at is null')).to.equal(1)
  })

  it('the past was made by the rules: its mails are written and nothing is late', async () => {
    await fill()
    expect((await queueState()).failed).to.equal(0)
    await runJobs()
    expect(await queueState()).to.include({ waiting: 0, failed: 0 })
    expect(await number('mails')).to.be.greaterThan(20)
    expect(await number('mails where kept_at is null')).to.equal(0)
  })

  it('everyone on the list signs in and reaches their home', async () => {
    await fill()
    for (const { email } of DEMO_PEOPLE) {
      const reader = demoReader()
      await reader.get('/en/sign-in')
      const answer = await reader.submit('/sign-in', { email, password: DEMO_PASSWORD })
      expect(answer.location, email).to.equal('/en/home')
      expect((await reader.open('/en/home')).status, email).to.equal(200)
    }
  })

  it('people of a State keep its time', async () => {
    await fill()
    const odd = await sql(
      null,
      `select p.name_latin from people p join states s on s.iso2 = p.country where not (p.zone = any (s.zones))`,
    )
    expect(odd).to.deep.equal([])
    expect(await number('states s where not exists (select 1 from people where country = s.iso2)')).to.equal(0)
  })

  it('bin/demo fills a database only when told so, and leaves no mail to be sent', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rtcm-demo-'))
    cpSync(await template(), join(folder, 'database'), { recursive: true })
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [`${ROOT}server/tasks/demo.ts`, ...args], {
        env: { PATH: process.env.PATH, DATA_DIR: folder },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      })
    try {
      const asked = run()
      expect(asked.status, asked.stderr).to.equal(1)
      expect(asked.stderr).to.contain('Nothing was changed')
      const told = run('--yes')
      expect(told.status, told.stderr).to.equal(0)
      expect(told.stdout).to.contain('coordinator@rtcm.example')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
