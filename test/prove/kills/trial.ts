import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { closePool, one, openPool, sql } from '../../../lib/db.ts'
import { migrate } from '../../../lib/migrations.ts'
import { setPasswordCost } from '../../../lib/passwords.ts'
import { setClock } from '../../../lib/time.ts'
import { announce } from '../../../models/announcing.ts'
import { fillStates } from '../../../server/states.ts'
import { aDatedTraining, sessionsOn } from '../../support/agendas.ts'
import { MailDouble } from '../../support/mail-double.ts'
import { aPerson, asActor } from '../../support/people.ts'
import { startCluster } from '../../with-postgres.ts'
import { check, type Counts, type Owed } from './checking.ts'
import { type Life, planned } from './plan.ts'

export type Outcome = {
  seed: string
  undone: number
  lives: Record<string, number>
  faults: string[]
  counts: Counts
  seconds: number
}

const CLOCK = Temporal.Instant.from('2027-02-01T08:00:00Z')
/** A training for so many lives, so that its group stays small. */
const SEASON = 10
const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/**
 * Kills a working process so many times, on PostgreSQL and against an SMTP double, starts it again each time, lets the
 * last one finish, and compares what was committed with what arrived. The same seed kills at the same points.
 */
export async function killPoints(count: number, seed: string): Promise<Outcome> {
  const began = Date.now()
  const cluster = await startCluster()
  const trial = new Trial(cluster.url, seed)
  try {
    await trial.open()
    for (let number = 0; number < count; number++) await trial.live(number)
    await trial.live(count, true)
    const { faults, counts } = await check(trial.double.stored, trial.owed)
    return {
      seed,
      undone: trial.undone,
      lives: trial.lives,
      faults,
      counts,
      seconds: Math.round((Date.now() - began) / 1000),
    }
  } finally {
    await trial.close()
    await cluster.stop()
  }
}

class Trial {
  lives: Record<string, number> = {}
  undone = 0
  owed = new Map<string, Owed>()
  double: MailDouble
  private url: string
  private seed: string
  private spare: Promise<ChildProcess> | undefined
  private child: ChildProcess | undefined
  /** What happens when the double has a whole mail in hand. */
  private onMail: () => void = () => {}
  private trainingId = ''
  private coordinatorId = ''

  constructor(url: string, seed: string) {
    this.url = url
    this.seed = seed
    this.double = new MailDouble({ beforeYes: () => this.onMail() })
  }

  async open() {
    await this.double.up()
    await openPool({ url: this.url })
    await migrate(`${ROOT}migrations`)
    await fillStates()
    setPasswordCost(true)
    setClock(() => CLOCK)
    this.coordinatorId = (await aPerson({ email: 'coordinator@rtcm.example', grants: [{ role: 'coordinator' }] })).id
    this.spare = this.hatch()
  }

  async close() {
    setClock()
    const spare = await this.spare?.catch(() => undefined)
    for (const child of [spare, this.child]) child?.kill('SIGKILL')
    await this.double.down()
    await closePool()
  }

  /** One life: from its plan to its death, or for the last one to its end. */
  async live(number: number, last = false) {
    const from = CLOCK.add({ minutes: 5 * (number + 1) })
    setClock(() => from)
    if (number % SEASON === 0) await this.newSeason()
    const plan = last ? { acts: [], point: 'none' as const, at: 0 } : planned(this.seed, number)
    const fresh: string[] = []
    for (let person = 0; person < 12; person++) fresh.push((await aPerson()).id)
    const { trainingId, coordinatorId } = this
    const life: Life = { number, ...plan, from: String(from), trainingId, coordinatorId, fresh }
    const before = this.double.stored.length
    const child = await this.spare!
    this.child = child
    if (!last) this.spare = this.hatch()
    const end = await this.endOf(child, life)
    if (!last) this.lives[end] = (this.lives[end] ?? 0) + 1
    await this.settle(child.pid!)
    await this.countOwed(before)
  }

  private async endOf(child: ChildProcess, life: Life): Promise<string> {
    let timer: NodeJS.Timeout | undefined
    let point: string = life.point
    let mails = 0
    this.onMail = () => {
      if (life.point !== 'before yes' || mails++ < life.at) return
      child.kill('SIGKILL')
      throw new Error('killed')
    }
    child.on('message', message => {
      if (message === 'alive' && life.point === 'by time') timer = setTimeout(() => child.kill('SIGKILL'), life.at)
      if (message === 'undone') this.undone++
      // Whoever has done everything before its point is killed as it waits for work.
      if (message === 'idle' && life.point !== 'none') {
        point = 'idle'
        child.kill('SIGKILL')
      }
    })
    const gone = once(child, 'exit')
    child.send(life)
    const [code, signal] = (await gone) as [number | null, string | null]
    clearTimeout(timer)
    if (life.point === 'none' ? code !== 0 : signal !== 'SIGKILL')
      throw new Error(`Life ${life.number} (${life.point}) ended by itself: ${code ?? signal}`)
    return point
  }

  /** Until the database has ended what the dead one had begun, and the mail server has seen its lines end. */
  private async settle(pid: number) {
    const backends = () =>
      one<{ n: number }>(null, 'select count(*)::int as n from pg_stat_activity where application_name = $1', [
        `life-${pid}`,
      ])
    while (this.double.open || (await backends())!.n) await new Promise(resolve => setTimeout(resolve, 5))
  }

  /** Mails that this life handed over and did not mark: each comes once more. */
  private async countOwed(before: number) {
    const ids = this.double.stored.slice(before).map(({ messageId }) => messageId)
    const unmarked = await sql<{ id: string; address: string }>(
      null,
      'select message_id as id, address from mails where message_id = any($1::text[]) and sent_at is null',
      [ids],
    )
    for (const { id, address } of unmarked) {
      const times = (this.owed.get(id)?.times ?? 0) + ids.filter(each => each === id).length
      this.owed.set(id, { times, address })
    }
  }

  private async newSeason() {
    const { id } = await aDatedTraining()
    const actor = await asActor({ id: this.coordinatorId } as never)
    await sessionsOn(actor, id, [2, 3, 4])
    await announce(actor, id)
    this.trainingId = id
  }

  /** A process that has read its code and waits for its plan. */
  private async hatch(): Promise<ChildProcess> {
    const child = fork(`${ROOT}test/prove/kills/life.ts`, {
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: this.url,
        SMTP_URL: this.double.url,
        MAIL_FROM: 'RTCM <no-reply@rtcm.example>',
        BASE_URL: 'http://localhost:3000',
        SESSION_SECRET: 'only-for-trials-abcdefghijklmnopqrstuvwxyz',
        DATA_KEY: Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7)).toString('base64'),
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const ended = once(child, 'exit').then(([code]) =>
      Promise.reject(new Error(`A life ended with ${code} before it began`)),
    )
    await Promise.race([once(child, 'message'), ended])
    ended.catch(() => {})
    return child
  }
}
