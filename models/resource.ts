import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Words } from './course.ts'

/** A room or a link to a call: what is not booked twice. */
export type Resource = {
  id: string
  kind: 'room' | 'link'
  name: Words
  /** Of a room where it is, of a link its web address. */
  address: string
  capacity: number | null
  retiredAt: Temporal.Instant | null
}

const COLUMNS = 'r.id, r.kind, r.name, r.address, r.capacity, r.retired_at as "retiredAt"'

/** All of them, those in use first, each with how many coming sessions hold it. */
export const resources = (): Promise<(Resource & { coming: number })[]> =>
  sql(
    'resource.list',
    `select ${COLUMNS}, (select count(*)::int from bookings b where b.resource_id = r.id and upper(b.during) > $1) as coming
     from resources r order by r.retired_at is not null, r.kind desc, r.name ->> 'en', r.id`,
    [now()],
  )

/** What a session can be given: in use, or held by it already. */
export const offeredResources = (sessionId: string | null): Promise<Resource[]> =>
  sql<Resource>(
    'resource.offered',
    `select ${COLUMNS} from resources r where r.retired_at is null
       or r.id in (select resource_id from bookings where session_id = $1) order by r.kind desc, r.name ->> 'en', r.id`,
    [sessionId],
  )

/** One of them, or undefined. */
export const resourceOf = (id: string): Promise<Resource | undefined> =>
  one<Resource>('resource.one', `select ${COLUMNS} from resources r where r.id = $1`, [id])

export type Use = { training: string; title: Words; startsAt: Temporal.Instant; endsAt: Temporal.Instant; zone: string }

/** Coming sessions that hold it, the soonest first. */
export const usesOf = (id: string, limit = 50): Promise<Use[]> =>
  sql<Use>(
    'resource.uses',
    `select t.code as training, s.title, s.starts_at as "startsAt", s.ends_at as "endsAt", s.zone
     from bookings b join sessions s on s.id = b.session_id join trainings t on t.id = s.training_id
     where b.resource_id = $1 and upper(b.during) > $2 order by s.starts_at, s.id limit $3`,
    [id, now(), limit],
  )
