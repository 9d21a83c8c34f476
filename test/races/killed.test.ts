import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { sql } from '../../lib/db.ts'
import { checkGrades } from '../../models/checking-grades.ts'
import '../support/app.ts'
import { chances } from '../support/chance.ts'
import { aCourse } from '../support/courses.ts'
import { anEnrollment, aTraining } from '../support/trainings.ts'
import { faultsOf } from '../support/lines/history.ts'
import { Keeper, type Way } from '../support/lines/keeper.ts'
import { historyOf } from '../support/lines/trial.ts'
import { aPerson } from '../support/people.ts'
import { freePort, Platform } from '../support/process.ts'
import { signedIn } from '../support/sign-ins.ts'

/**
 * The platform is killed (SIGKILL) while fifty learners save, and started again. `DEATHS` says how often (two where it
 * says nothing), `SEED` at which moments; `DEATHS_TO` is where the outcome is written.
 * `npm run prove -- --deaths 20` is the whole of it.
 */
const { DEATHS = '2', SEED = 'any', DEATHS_TO } = process.env
const LEARNERS = 50
const SECRET = 'only-for-trials-abcdefghijklmnopqrstuvwxyz'
/** Every so manyth time it stays away for so long: what is given back. */
const LONG = { every: 2, ms: 8000 }

type Learner = { enrollmentId: string; keeper: Keeper; ids: Record<number, string[]> }

describe('the platform is killed in mid-test', function () {
  this.timeout(90_000 + 30_000 * Number(DEATHS))
  const platform = new Platform()
  const env = {
    DATABASE_URL: process.env.DATABASE_URL!,
    SESSION_SECRET: SECRET,
    DATA_KEY: Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7)).toString('base64'),
  }
  const begin = async () => {
    const code = await platform.start({ ...env, BASE_URL: platform.origin })
    expect(code, platform.errors).to.equal(undefined)
  }
  before(async () => {
    platform.port = await freePort()
  })
  after(() => platform.remove())

  it(`no acknowledged answer is lost, and the time is given back: ${DEATHS} deaths, seed ${SEED}`, async () => {
    const chance = chances(SEED)
    await begin()
    const learners = await theLearners(platform.origin)
    const busy = new AbortController()
    const lives = learners.map(learner => goOn(learner, busy.signal))
    let longAway = 0
    for (let death = 1; death <= Number(DEATHS); death++) {
      await sleep(200 + 1300 * chance())
      await platform.stop('SIGKILL')
      const gone = Date.now()
      if (death % LONG.every === 0) await sleep(LONG.ms)
      await begin()
      if (death % LONG.every === 0) longAway += Date.now() - gone
    }
    await sleep(1000)
    busy.abort()
    await Promise.all(lives)
    const histories = await Promise.all(learners.map(({ enrollmentId, keeper }) => historyOf(enrollmentId, [keeper])))
    const acknowledged = histories.reduce((sum, history) => sum + history.acknowledged.length, 0)
    const back = await givenBack()
    if (DEATHS_TO)
      writeFileSync(
        DEATHS_TO,
        JSON.stringify({ deaths: Number(DEATHS), learners: LEARNERS, acknowledged, longAway, back }),
      )
    expect(histories.flatMap(faultsOf)).to.deep.equal([])
    expect(acknowledged, 'answers were saved all the time').to.be.above(LEARNERS)
    expect(back.least, 'seconds given back to everybody').to.be.at.least(Math.floor(longAway / 1000))
    expect(back.wrong, 'deadlines that are not start, time and what was given back').to.equal(0)
    expect((await checkGrades()).differences).to.deep.equal([])
  })
})

/** Fifty people who have all begun the same test. */
async function theLearners(origin: string): Promise<Learner[]> {
  const training = await aTraining(await aCourse({ items: 3, drawn: 3, minutes: 60 }))
  return Promise.all(
    Array.from({ length: LEARNERS }, async (_, number) => {
      const person = await aPerson()
      const { id } = await anEnrollment(training, person)
      const session = await signedIn(person, SECRET)
      const attempts = `${origin}/en/trainings/${training.code}/attempts`
      await begun(attempts, session)
      const keeper = new Keeper(`device-${number}`, { ...session, address: `${attempts}/1/answers` })
      return { enrollmentId: id, keeper, ids: await optionsOf(id) }
    }),
  )
}

async function begun(address: string, { cookie, csrf }: Omit<Way, 'address'>) {
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await fetch(address, { method: 'POST', headers, body: `_csrf=${csrf}`, redirect: 'manual' })
  expect(answer.headers.get('location')).to.match(/\/attempts\/1\/1$/)
}

/** Gives an answer about every half second until it is over, and then waits until all are saved. */
async function goOn({ keeper, ids }: Learner, over: AbortSignal) {
  const questions = Object.keys(ids).map(Number)
  while (!over.aborted) {
    const question = questions[Math.floor(Math.random() * questions.length)]!
    const options = ids[question]!
    keeper.give(question, [options[Math.floor(Math.random() * options.length)]!])
    await sleep(300 + 400 * Math.random())
  }
  await keeper.end()
}

async function optionsOf(enrollmentId: string): Promise<Record<number, string[]>> {
  const rows = await sql<{ position: number; ids: string[] }>(
    null,
    `select ai.position, (select jsonb_agg(o ->> 'id') from jsonb_array_elements(v.content -> 'options') o) as ids
     from attempts a join attempt_items ai on ai.attempt_id = a.id join item_versions v on v.id = ai.item_version_id
     where a.enrollment_id = $1`,
    [enrollmentId],
  )
  return Object.fromEntries(rows.map(({ position, ids }) => [position, ids]))
}

async function givenBack() {
  const [row] = await sql<{ least: number; most: number; wrong: number }>(
    null,
    `select min(given_back)::int as least, max(given_back)::int as most, count(*) filter (where
       deadline_at <> started_at + interval '60 minutes' + make_interval(secs => given_back))::int as wrong from attempts`,
  )
  return row!
}
