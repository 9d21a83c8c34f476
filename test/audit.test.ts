import { globSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { inTransaction, sql } from '../lib/db.ts'
import { record } from '../models/audit.ts'
import { theHouse } from './support/app.ts'
import { asActor, cast } from './support/people.ts'
import { signedIn } from './support/reader.ts'

const ROOT = new URL('..', import.meta.url).pathname

describe('audit', () => {
  it('staff read who did what, to which record and why', async () => {
    const coordinator = await cast.coordinator()
    const actor = await asActor(coordinator)
    await inTransaction(() =>
      record(actor, 'certificate.revoked', 'certificate', '7', { reason: 'Wrong name', old: 'A' }),
    )
    const reader = await signedIn(coordinator)
    const page = await reader.get('/en/manage/audit')
    expect(page.text).to.contain('Leyla Mammadova').and.to.contain('Certificate 7').and.to.contain('Wrong name')
    expect(page.text).to.contain('Signed in')
    expect((await reader.get('/ru/manage/audit')).text).to.contain('Выполнен вход')
    expect((await reader.get('/en/manage/audit?action=certificate')).$('tbody tr').length).to.equal(1)
    expect((await reader.get('/en/manage/audit?kind=certificate&record=7')).$('tbody tr').length).to.equal(1)
    expect((await reader.get(`/en/manage/audit?person=${coordinator.id}`)).$('tbody tr').length).to.equal(2)
    expect((await reader.get('/en/manage/audit?action=attempt')).text).to.contain('Nothing of this kind')
  })

  it('the list is paged from the newest', async () => {
    const coordinator = await cast.coordinator()
    const actor = await asActor(coordinator)
    for (let i = 1; i <= 120; i++) await record(actor, 'setting.changed', 'setting', `key${i}`)
    const reader = await signedIn(coordinator)
    const seen: string[] = []
    for (let path: string | undefined = '/en/manage/audit?action=setting'; path; ) {
      const page = await reader.get(path)
      seen.push(
        ...page
          .$('tbody tr td:nth-child(3)')
          .toArray()
          .map(cell => page.$(cell).text()),
      )
      path = page.$('a[rel=next]').attr('href')
    }
    expect(seen.map(text => Number(/\d+/.exec(text)![0]))).to.deep.equal(Array.from({ length: 120 }, (_, i) => 120 - i))
  })

  it('a line of the audit can be neither changed nor removed', async () => {
    await record(null, 'setting.changed', 'setting', 'x')
    for (const text of ['update audit_entries set action = action', 'delete from audit_entries'])
      expect(
        await sql(null, text).then(
          () => 'done',
          error => error.message,
        ),
      ).to.contain('append-only')
  })

  it('every act that is written has words in both languages', () => {
    const missing: string[] = []
    for (const file of globSync('{models,routes,server}/**/*.ts', { cwd: ROOT })) {
      const source = readFileSync(ROOT + file, 'utf8')
      for (const [, second] of source.matchAll(/\bawait record\(\s*[^,]+,\s*([^,]+?),/g)) {
        const actions = [...second!.matchAll(/'([a-z-]+\.[a-z-]+)'/g)].map(([, action]) => action!)
        for (const action of actions)
          for (const code of ['en', 'ru']) {
            const key = `audit.actions.${action.replaceAll('.', '-')}`
            if (theHouse().texts.translator(code)(key) === key) missing.push(`${code} ${key} (${file})`)
          }
      }
    }
    expect(missing).to.deep.equal([])
  })
})
