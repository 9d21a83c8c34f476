import { afterCommit, inScope, inTransaction, one, sql } from './db.ts'
import { log } from './log.ts'
import { now } from './time.ts'

/**
 * Jobs are rows of the transaction that wants them. A worker claims one (short), works outside any transaction, and
 * marks it done; a killed worker's lease runs out and another takes the job.
 */
export type Job = {
  id: string
  name: string
  payload: Record<string, unknown>
  tries: number
  createdAt: Temporal.Instant
}
export type Handler = (payload: never, job: Job) => Promise<void>
export type Enqueueing = { key?: string; runAt?: Temporal.Instant; priority?: number }

/** Thrown by a handler when another try would end the same: the job fails at once. */
export class Hopeless extends Error {}
/** Thrown by a handler when whoever it needs does not answer at all: that is not the job's fault, and ends some time. */
export class Unreachable extends Error {}

const LEASE = { minutes: 2 }
/** After so many tries a job stays for staff to see: more than a day after the first. */
export const MAX_TRIES = 12
/** Nobody is waited for longer: see `givesUp`. */
const LONGEST_OUTAGE = { hours: 48 }
/** Seconds between two tries, at most, while somebody does not answer: their return is noticed soon. */
const OUTAGE_STEP = 300

const listeners = new Set<() => void>()

/** Adds a job in the ambient transaction. `key` makes it unique while it waits. Priority 1 is served before 5. */
export async function enqueue(name: string, payload: object, { key, runAt, priority = 5 }: Enqueueing = {}) {
  await sql(
    'job.add',
    `insert into jobs (name, payload, key, priority, run_at, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (key) do nothing`,
    [name, JSON.stringify(payload), key ?? null, priority, runAt ?? now(), now()],
  )
  afterCommit(() => wakeAll())
}

const wakeAll = () => {
  for (const wake of listeners) wake()
}

/** Claims the next due job, or undefined: none of a priority beyond `maxPriority`, none named in `except`. */
export function claim(maxPriority = 9, except: string[] = []): Promise<Job | undefined> {
  return one<Job>(
    'job.claim',
    `update jobs set lease_until = $1, tries = tries + 1 where id = (
       select id from jobs where failed_at is null and run_at <= $2 and priority <= $3
         and name <> all($4::text[]) and (lease_until is null or lease_until < $2)
       order by priority, run_at, id limit 1 for update skip locked)
     returning id, name, payload, tries, created_at as "createdAt"`,
    [now().add(LEASE), now(), maxPriority, except],
  )
}

/** Marks a job done. Call it in the short transaction of the job's effects. */
export const done = (job: Job) => sql('job.done', 'delete from jobs where id = $1', [job.id])

/**
 * Puts a job back with backoff; after the last try it stays for staff to see. Who lost the job meanwhile (the lease
 * ran out and another took it, so its number of tries moved on) changes nothing.
 */
export async function putBack(job: Job, error: unknown) {
  await sql(
    'job.back',
    `update jobs set lease_until = null, last_error = $2, run_at = $3,
       failed_at = $4 where id = $1 and tries = $5`,
    [
      job.id,
      reasonOf(error),
      now().add({ seconds: pauseAfter(job, error) }),
      givesUp(job, error) ? now() : null,
      job.tries,
    ],
  )
}

/**
 * Whether a job that failed so is not tried again: never where it is hopeless, after its last try, or after two days of
 * nobody answering (and no fewer tries: one that staff started again has its chance).
 */
export function givesUp({ tries, createdAt }: Pick<Job, 'tries' | 'createdAt'>, error: unknown): boolean {
  if (error instanceof Hopeless) return true
  if (tries < MAX_TRIES) return false
  return !(error instanceof Unreachable) || Temporal.Instant.compare(createdAt.add(LONGEST_OUTAGE), now()) <= 0
}

const pauseAfter = ({ tries }: Job, error: unknown) =>
  error instanceof Unreachable ? Math.min(backoff(tries), OUTAGE_STEP) : backoff(tries)

/** Seconds to wait after so many tries: 10, 30, 90 … at most six hours. Twelve tries outlast a night without mail server. */
export const backoff = (tries: number): number => Math.min(10 * 3 ** (tries - 1), 6 * 3600)

/** An error in one line for staff. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Hopeless || error instanceof Unreachable ? error.message : String(error))
    .replace(/\s+/g, ' ')
    .slice(0, 500)

/** Makes failed jobs due at once, with all their tries again: one, or all of them. Returns how many. */
export async function revive(id: string | null): Promise<number> {
  const revived = await sql(
    'job.revive',
    `update jobs set failed_at = null, tries = 0, run_at = $2, lease_until = null
     where failed_at is not null and ($1::bigint is null or id = $1) returning id`,
    [id, now()],
  )
  afterCommit(() => wakeAll())
  return revived.length
}

export type Worker = { stop(): Promise<void> }

/**
 * What each lane takes, by priority: what a person waits for at the screen (up to 3) never stands behind anything else,
 * and news of one event (up to 6) never behind bulk. Each lane has one job in hand.
 */
export const LANES = [3, 6, 9, 9]

/** Works through the queue until stopped: woken by commits, and looking by itself every `everyMs`. */
export function startWorker(handlers: Record<string, Handler>, everyMs = 1000): Worker {
  const lanes = LANES.map(maxPriority => lane(handlers, maxPriority, everyMs))
  return { stop: async () => void (await Promise.all(lanes.map(each => each.stop()))) }
}

/** Runs every job that is due now, one after another; returns how many. For tests and commands. */
export async function drain(handlers: Record<string, Handler>, limit = 1000): Promise<number> {
  let count = 0
  while (count < limit && (await work(handlers, 9))) count++
  return count
}

export type QueueState = {
  waiting: number
  failed: number
  working: number
  oldest: Temporal.Instant | null
  waitingSince: Temporal.Instant | null
  lastError: string | null
}

/**
 * What waits and what failed, for staff and for /readyz. `oldest` is the run_at of the first that is due and in
 * nobody's hands; `working` counts those in a worker's hands. `waitingSince` is the queue's age, of what is due or was
 * tried in vain and waits for its next try; `lastError` is why the last one tried in vain was.
 */
export async function queueState(): Promise<QueueState> {
  const row = await one<QueueState>(
    'job.state',
    `select count(*) filter (where failed_at is null)::int as waiting,
       count(*) filter (where failed_at is not null)::int as failed,
       count(*) filter (where failed_at is null and lease_until >= $1)::int as working,
       min(run_at) filter (where failed_at is null and run_at <= $1 and (lease_until is null or lease_until < $1))
         as oldest,
       min(case when tries > 0 then created_at else run_at end) filter (where failed_at is null and (tries > 0 or run_at <= $1))
         as "waitingSince",
       (select last_error from jobs where failed_at is null and last_error is not null order by run_at desc limit 1)
         as "lastError" from jobs`,
    [now()],
  )
  return row!
}

let lastBegun: Temporal.Instant | undefined

/** When a lane of this process last began a job, or undefined: whether its workers live. */
export const lastWorked = (): Temporal.Instant | undefined => lastBegun

/** What a lane leaves alone for a while: the names of jobs whose counterpart did not answer, and until when. */
type Away = Map<string, { times: number; until: Temporal.Instant }>

const awayNow = (away: Away) =>
  [...away].filter(([, { until }]) => Temporal.Instant.compare(until, now()) > 0).map(([name]) => name)

/** 5, 10, 20 … at most 60 seconds; the first success ends it. */
function noteAnswer(away: Away, name: string, error?: unknown) {
  if (!(error instanceof Unreachable)) return void away.delete(name)
  const times = (away.get(name)?.times ?? 0) + 1
  away.set(name, { times, until: now().add({ seconds: Math.min(5 * 2 ** (times - 1), 60) }) })
}

function lane(handlers: Record<string, Handler>, maxPriority: number, everyMs: number) {
  const away: Away = new Map()
  let stopped = false
  let called = false
  let asleep: (() => void) | undefined
  const wake = () => {
    called = true
    asleep?.()
  }
  listeners.add(wake)
  const running = (async () => {
    while (!stopped) {
      // A call that comes while we look and see nothing is not lost: we look once more.
      called = false
      const worked = await work(handlers, maxPriority, away).catch(error => {
        log.error({ err: error }, 'the queue cannot reach the database')
        return false
      })
      if (worked || stopped || called) continue
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, everyMs)
        asleep = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      asleep = undefined
    }
  })()
  return {
    async stop() {
      stopped = true
      listeners.delete(wake)
      wake()
      await running
    },
  }
}

async function work(handlers: Record<string, Handler>, maxPriority: number, away?: Away): Promise<boolean> {
  const job = await claim(maxPriority, away && awayNow(away))
  if (!job) return false
  if (away) lastBegun = now()
  await inScope(async () => {
    try {
      const handler = handlers[job.name]
      if (!handler) throw new Error(`No handler for the job ${job.name}`)
      await handler(job.payload as never, job)
      await done(job)
      if (away) noteAnswer(away, job.name)
    } catch (error) {
      if (away) noteAnswer(away, job.name, error)
      log.warn({ job: job.name, id: job.id, tries: job.tries, err: error }, 'a job failed')
      await inTransaction(() => putBack(job, error))
    }
  })
  return true
}
