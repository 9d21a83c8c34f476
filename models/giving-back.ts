import { inTransaction, one, sql } from '../lib/db.ts'
import { log } from '../lib/log.ts'
import { now } from '../lib/time.ts'
import { record } from './audit.ts'

/** The platform says so often that it is at work. */
export const BEAT_MS = 2000
/** Three times unsaid: it was away. */
const AWAY_SECONDS = 6

/** How long the platform was away, in whole seconds, and how many running attempts got that time back. */
export type GivenBack = { seconds: number; attempts: number }

/**
 * Says that the platform is at work. When nobody had said so for a while, nobody could save answers meanwhile: the time
 * is given back, once, to every attempt that ran, by whoever is at work again first.
 */
export async function beat(): Promise<GivenBack | undefined> {
  const at = now()
  const alive = await one(
    'beat.alive',
    `update heartbeats set at = greatest(at, $1) where name = 'platform' and at >= $2 returning name`,
    [at, at.subtract({ seconds: AWAY_SECONDS })],
  )
  return alive ? undefined : inTransaction(() => giveBack(at))
}

async function giveBack(at: Temporal.Instant): Promise<GivenBack | undefined> {
  await sql('beat.first', `insert into heartbeats (name, at) values ('platform', $1) on conflict do nothing`, [at])
  const last = await one<{ at: Temporal.Instant }>(
    'beat.lock',
    `select at from heartbeats where name = 'platform' for no key update`,
  )
  const seconds = Math.ceil((at.epochMilliseconds - last!.at.epochMilliseconds) / 1000)
  if (seconds <= AWAY_SECONDS) return undefined
  const given = await sql('beat.give', GIVE, [last!.at, at, seconds])
  await sql('beat.back', `update heartbeats set at = $1 where name = 'platform'`, [at])
  if (given.length) {
    const details = { from: last!.at.toString(), to: at.toString(), seconds, attempts: given.length }
    await record(null, 'attempt.time-given-back', 'platform', 'platform', details)
  }
  log.info({ seconds, attempts: given.length }, 'the platform was away; running attempts got the time back')
  return { seconds, attempts: given.length }
}

// An attempt that began while nobody looked gets what passed since. Where only late answers were waited for, the wait
// is longer by the same time; the deadline, which had passed, stays.
const GIVE = `
  with gone as (
    select id, deadline_at >= $1 as running,
      least($3::int, ceil(extract(epoch from $2::timestamptz - started_at))::int) as seconds
    from attempts where handed_in_at is null and late_until >= $1 and started_at < $2
    order by id for no key update)
  update attempts a set late_until = a.late_until + make_interval(secs => g.seconds),
    deadline_at = a.deadline_at + make_interval(secs => case when g.running then g.seconds else 0 end),
    given_back = a.given_back + case when g.running then g.seconds else 0 end
  from gone g where a.id = g.id returning a.id`
