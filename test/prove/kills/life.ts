// One life of the platform's worker, as a process of its own: it waits for its plan, does real work, and is killed.
import { readConfig } from '../../../lib/config.ts'
import { closePool, inScope, inTransaction, one, openPool, sql } from '../../../lib/db.ts'
import { loadTexts } from '../../../lib/i18n.ts'
import { createMailer, type Mailer } from '../../../lib/mailer.ts'
import { type Handler, queueState, startWorker } from '../../../lib/queue.ts'
import { now, setClock } from '../../../lib/time.ts'
import { type Actor, actorOf } from '../../../models/actor.ts'
import { announce, callOffAndTell } from '../../../models/announcing.ts'
import { sendBulkMail, writeBulkMail } from '../../../models/bulk-mailing.ts'
import { enroll } from '../../../models/enrolling.ts'
import { Session } from '../../../models/index.ts'
import { withdraw } from '../../../models/withdrawing.ts'
import { handlers } from '../../../server/jobs/index.ts'
import { move, sessionsOn } from '../../support/agendas.ts'
import type { Act, Life, Point } from './plan.ts'

const config = readConfig(process.env)
const texts = loadTexts(new URL('../../../locales', import.meta.url).pathname)

// So that its connections are known from outside.
process.env.PGAPPNAME = `life-${process.pid}`
await openPool({ url: config.databaseUrl! })
await one(null, 'select 1')
process.on('message', (life: Life) => void live(life))
process.send!('ready')

async function live(life: Life) {
  const began = Temporal.Now.instant()
  setClock(() => Temporal.Instant.from(life.from).add(Temporal.Now.instant().since(began)))
  const real = createMailer(config.smtpUrl!, { patienceMs: 5000 })
  const worker = startWorker(dying(handlers({ config, texts, mailer: dyingAfterYes(real, life) }), life), 50)
  process.send!('alive')
  const act = acting(life, (await actorOf(life.coordinatorId, now()))!)
  for (const [index, { act: what, chance }] of life.acts.entries())
    await inScope(() => done(() => act(what, chance), what === 'undone', life, index))
  while (await busy()) await new Promise(resolve => setTimeout(resolve, 30))
  process.send!('idle')
  if (life.point !== 'none') return
  await worker.stop()
  real.close()
  await closePool()
  process.disconnect?.()
}

const busy = async () => (await queueState()).waiting > 0

/** An act and its transaction: undone for some, and for one of a life the place where it dies. */
async function done(act: () => Promise<unknown>, undone: boolean, { point, at }: Life, index: number) {
  if (undone) {
    await inTransaction(() => act().then(() => Promise.reject(new Undone()))).catch(forgive)
    return void process.send!('undone')
  }
  if (point === 'before commit' && index >= at) return inTransaction(() => act().then(die))
  await act()
  if (point === 'after commit' && index >= at) await die()
}

class Undone extends Error {}
const forgive = (error: unknown) => {
  if (!(error instanceof Undone)) throw error
}

function acting(life: Life, actor: Actor) {
  const { trainingId, fresh } = life
  const asPerson = async (id: string) => (await actorOf(id, now()))!
  const words = (en: string) => ({ en, ru: en })
  const some = async (chance: number, text: string) => {
    const rows = await sql<{ id: string }>(null, text, [trainingId])
    return rows[Math.floor(chance * rows.length)]?.id
  }
  const session = (chance: number) =>
    some(chance, 'select id from sessions where training_id = $1 and canceled_at is null order by id')
  const addSession = async (chance: number) => {
    await sessionsOn(actor, trainingId, [2 + Math.floor(chance * 20)])
    return announce(actor, trainingId)
  }
  const acts: Record<Act, (chance: number) => Promise<unknown>> = {
    enroll: async () => enroll(await asPerson(fresh.pop()!), trainingId),
    withdraw: async chance => {
      const id = await some(
        chance,
        `select person_id as id from enrollments where training_id = $1 and status = 'enrolled' order by id`,
      )
      return id ? withdraw(await asPerson(id), trainingId) : acts.enroll(chance)
    },
    move: async chance => {
      const id = await session(chance)
      if (!id) return addSession(chance)
      const hour = 10 + (Math.floor(chance * 1e6) % 9)
      const date = `2027-03-${String(2 + (Math.floor(chance * 1e7) % 20)).padStart(2, '0')}`
      await move(actor, id, `${date}T${hour}:00`, `${date}T${hour + 1}:30`)
      return announce(actor, trainingId)
    },
    'call off': async chance => {
      const id = await session(chance)
      if (!id) return addSession(chance)
      return callOffAndTell(actor, (await Session.findByPk(id))!, words('The hall is closed'))
    },
    'write to all': async chance => {
      const draft = { audience: 'enrolled' as const, subject: words(`News ${chance}`), body: words('Bring a pen.') }
      const id = await writeBulkMail(actor, trainingId, draft)
      const there = await some(0, `select id from enrollments where training_id = $1 and status = 'enrolled' limit 1`)
      return there && sendBulkMail(actor, id)
    },
    undone: async chance => {
      await acts.enroll(chance)
      await acts.move(chance)
      return acts['write to all'](chance)
    },
  }
  return (act: Act, chance: number): Promise<unknown> => acts[act](chance)
}

/** The handlers, of which the n-th mail is the one where it dies: just claimed, or marked but its job not yet done. */
function dying(all: Record<string, Handler>, life: Life): Record<string, Handler> {
  const send = all['mail.send']!
  let count = 0
  const diesAt = (point: Point) => life.point === point && count > life.at
  return {
    ...all,
    'mail.send': async (payload, job) => {
      count++
      if (diesAt('after claim')) await die()
      await send(payload, job)
      if (diesAt('after mark')) await die()
    },
  }
}

function dyingAfterYes(real: Mailer, life: Life): Mailer {
  let count = 0
  return {
    ...real,
    async send(letter) {
      await real.send(letter)
      if (life.point === 'after yes' && count++ >= life.at) await die()
    },
  }
}

function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => {})
}
