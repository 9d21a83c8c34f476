import { afterCommit, inScope, inTransaction, one, sql } from './db.ts'
import { log } from './log.ts'
import { now } from './time.ts'

/**
 * Jobs are rows of the transaction that wants them. A worker claims one (short), works outside any transaction, and
 * marks it done; a killed worker's lease runs out and another takes the job.
 */
export type Job = { id: string; name: string; payload: Record<string, unknown>; tries: number }
export type Handler = (payload: never, job: Job) => Promise<void>
export type Enqueueing = { key?: string; runAt?: Temporal.Instant; priority?: number }

const LEASE = { minutes: 2 }
/** After so many tries a job stays for staff to see: more than a day after the first. */
export const MAX_TRIES = 12

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

/** Claims the next due job, or undefined. `priorities` limits what a worker takes. */
export function claim(maxPriority = 9): Promise<Job | undefined> {
  return one<Job>(
    'job.claim',
    `update jobs set lease_until = $1, tries = tries + 1 where id = (
       select id from jobs where failed_at is null and run_at <= $2 and priority <= $3
         and (lease_until is null or lease_until < $2)
       order by priority, run_at, id limit 1 for update skip locked)
     returning id, name, payload, tries`,
    [now().add(LEASE), now(), maxPriority],
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
       failed_at = case when tries >= $4 then $5::timestamptz end where id = $1 and tries = $6`,
    [job.id, reasonOf(error), now().add({ seconds: backoff(job.tries) }), MAX_TRIES, now(), job.tries],
  )
}

/** Seconds to wait after so many tries: 10, 30, 90 … at most six hours. Twelve tries outlast a night without mail server. */
export const backoff = (tries: number): number => Math.min(10 * 3 ** (tries - 1), 6 * 3600)

/** An error in one line for staff. */
export const reasonOf = (error: unknown): string => String(error).replace(/\s+/g, ' ').slice(0, 500)

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
 * Works through the queue until stopped: woken by commits, and looking by itself every `everyMs`.
 * Two lanes, so that what a person waits for (priority up to 3) never stands behind bulk.
 */
export function startWorker(handlers: Record<string, Handler>, everyMs = 1000): Worker {
  const lanes = [lane(handlers, 3, everyMs), lane(handlers, 9, everyMs)]
  return { stop: async () => void (await Promise.all(lanes.map(each => each.stop()))) }
}

/** Runs every job that is due now, one after another; returns how many. For tests and commands. */
export async function drain(handlers: Record<string, Handler>, limit = 1000): Promise<number> {
  let count = 0
  while (count < limit && (await work(handlers, 9))) count++
  return count
}

export type QueueState = { waiting: number; failed: number; working: number; oldest: Temporal.Instant | null }

/**
 * What waits and what failed, for staff and for /readyz. `oldest` is the run_at of the first that is due and in
 * nobody's hands; `working` counts those in a worker's hands.
 */
export async function queueState(): Promise<QueueState> {
  const row = await one<QueueState>(
    'job.state',
    `select count(*) filter (where failed_at is null)::int as waiting,
       count(*) filter (where failed_at is not null)::int as failed,
       count(*) filter (where failed_at is null and lease_until >= $1)::int as working,
       min(run_at) filter (where failed_at is null and run_at <= $1 and (lease_until is null or lease_until < $1))
         as oldest from jobs`,
    [now()],
  )
  return row!
}

function lane(handlers: Record<string, Handler>, maxPriority: number, everyMs: number) {
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
      const worked = await work(handlers, maxPriority).catch(error => {
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

async function work(handlers: Record<string, Handler>, maxPriority: number): Promise<boolean> {
  const job = await claim(maxPriority)
  if (!job) return false
  await inScope(async () => {
    try {
      const handler = handlers[job.name]
      if (!handler) throw new Error(`No handler for the job ${job.name}`)
      await handler(job.payload as never, job)
      await done(job)
    } catch (error) {
      log.warn({ job: job.name, id: job.id, tries: job.tries, err: error }, 'a job failed')
      await inTransaction(() => putBack(job, error))
    }
  })
  return true
}
