import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import pg from 'pg'
import { inScope, one } from '../../lib/db.ts'
import { confirmAddress } from '../../models/confirming-addresses.ts'
import { tokenByCode, tokenOf } from '../../models/one-time-tokens.ts'
import { register } from '../../models/registering.ts'
import { theHouse } from '../support/app.ts'
import { codeIn, countOf, lastMail, linkIn, mailsTo } from '../support/mails.ts'

const MANY = 40
const EMAIL = 'gulnara@ministry.example'
const registration = (n: number) => ({
  ...{ email: n % 2 ? EMAIL : EMAIL.toUpperCase(), password: 'seven-borders-one-road', nameLatin: 'Gulnara Usmonova' },
  ...{ nameCyrillic: null, nameOwn: null, nameOwnScript: null, country: 'UZ', organization: null },
  ...{ agencyType: 'migration', sex: 'woman' as const, locale: 'en', zone: 'Asia/Tashkent' },
})

const atOnce = <T>(act: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: MANY }, (_, n) => inScope(() => act(n))))

describe('races: registering', () => {
  it('forty registrations of one address at once make one person and one account', async () => {
    const { dataKey } = theHouse().config
    const holder = new pg.Client(process.env.DATABASE_URL)
    await holder.connect()
    try {
      // The table is held until all have found the address free and stand before writing it.
      await holder.query('begin; lock table accounts in share row exclusive mode')
      const all = atOnce(n => register(registration(n), dataKey))
      await untilWaiting(holder, MANY)
      await holder.query('commit')
      await all
    } finally {
      await holder.end()
    }
    expect([await countOf('people'), await countOf('accounts')]).to.deep.equal([1, 1])
    expect(
      await one(null, `select count(*)::int as n from audit_entries where action = 'person.registered'`),
    ).to.deep.equal({
      n: 1,
    })
  })

  it('one link pressed forty times at once confirms once', async () => {
    await register(registration(1), theHouse().config.dataKey)
    const token = (await tokenOf(
      linkIn(await lastMail(EMAIL, 'confirm-address'), 'confirm')
        .split('/')
        .pop()!,
    ))!
    const results = await atOnce(() =>
      confirmAddress(token).then(
        () => 'done',
        error => error.key,
      ),
    )
    expect(results.filter(each => each === 'done').length).to.equal(1)
    expect(results.filter(each => each === 'account.linkOver').length).to.equal(MANY - 1)
    expect(await countOf('consents')).to.equal(1)
  })

  it('forty guesses of a code at once count as five at most', async () => {
    await register(registration(1), theHouse().config.dataKey)
    const right = codeIn((await mailsTo(EMAIL))[0]!)
    const guesses = Array.from({ length: MANY }, (_, n) => String((Number(right) + n + 1) % 1_000_000).padStart(6, '0'))
    await atOnce(n => tokenByCode(['confirm_address'], EMAIL, guesses[n]!, theHouse().config.dataKey))
    expect(await one(null, 'select tries from one_time_tokens')).to.deep.equal({ tries: 5 })
    expect(await tokenByCode(['confirm_address'], EMAIL, right, theHouse().config.dataKey)).to.equal(undefined)
  })
})

async function untilWaiting(client: pg.Client, count: number) {
  for (let tries = 0; tries < 300; tries++) {
    // Inside a transaction the view would stay as it was first seen.
    await client.query('select pg_stat_clear_snapshot()')
    const { rows } = await client.query(
      `select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock'`,
    )
    if (rows[0].n >= count) return
    await sleep(50)
  }
  throw new Error('They do not all wait')
}
