import { inTransaction, one, sql } from '../lib/db.ts'
import { fingerprint, newToken } from '../lib/secrets.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import type { Words } from './course.ts'
import { Refused } from './refused.ts'
import type { Told } from './session.ts'
import type { Format, TrainingStatus } from './training.ts'

/** Calendars that programs fetch by themselves: of one person, of what one person teaches, of one training, of everything public. */
export type Scope = { of: 'person' | 'trainer'; personId: string } | { of: 'training'; code: string } | { of: 'public' }

export type Feed = { id: string; createdAt: Temporal.Instant; lastUsedAt: Temporal.Instant | null }
export type FeedOwner = { id: string; personId: string; locale: string; lastUsedAt: Temporal.Instant | null }

const MOST_FEEDS = 10

/** Makes a secret address. The token is returned once; only its hash is kept. */
export function makeFeed(actor: Actor): Promise<string> {
  return inTransaction(async () => {
    await sql('feed.lock', 'select id from people where id = $1 for no key update', [actor.id])
    if ((await feedsOf(actor.id!)).length >= MOST_FEEDS) throw new Refused('feed.many', { count: MOST_FEEDS })
    const token = newToken()
    const row = await one<{ id: string }>(
      'feed.add',
      'insert into calendar_feeds (person_id, token_hash, created_at) values ($1, $2, $3) returning id',
      [actor.id, fingerprint(token), now()],
    )
    await record(actor, 'feed.made', 'calendar_feed', row!.id)
    return token
  })
}

/** Secret addresses of a person that still work, the newest first. */
export const feedsOf = (personId: string): Promise<Feed[]> =>
  sql<Feed>(
    'feed.list',
    `select id, created_at as "createdAt", last_used_at as "lastUsedAt" from calendar_feeds
     where person_id = $1 and revoked_at is null order by id desc`,
    [personId],
  )

/** Ends a secret address of the actor's own; false when there is none of that number. A second post changes nothing. */
export function revokeFeed(actor: Actor, id: string): Promise<boolean> {
  return inTransaction(async () => {
    const own = await one<{ revokedAt: Temporal.Instant | null }>(
      'feed.own',
      'select revoked_at as "revokedAt" from calendar_feeds where id = $1 and person_id = $2 for update',
      [id, actor.id],
    )
    if (!own) return false
    if (own.revokedAt) return true
    await sql('feed.revoke', 'update calendar_feeds set revoked_at = $2 where id = $1', [id, now()])
    await record(actor, 'feed.revoked', 'calendar_feed', id)
    return true
  })
}

/** Whose calendar a secret address is; undefined when it never was, is revoked, or its person's account is closed. */
export const feedOf = (token: string): Promise<FeedOwner | undefined> =>
  one<FeedOwner>(
    'feed.get',
    `select f.id, f.person_id as "personId", p.locale, f.last_used_at as "lastUsedAt"
     from calendar_feeds f join people p on p.id = f.person_id join accounts a on a.person_id = p.id
     where f.token_hash = $1 and f.revoked_at is null and a.suspended_at is null and p.erased_at is null`,
    [fingerprint(token)],
  )

/** Notes that an address was used, at most hourly. Called after the answer. */
export async function noteUse({ id, lastUsedAt }: FeedOwner) {
  if (lastUsedAt && Temporal.Instant.compare(lastUsedAt, now().subtract({ hours: 1 })) > 0) return
  await sql('feed.used', 'update calendar_feeds set last_used_at = $2 where id = $1', [id, now()])
}

// Who is booked finds their own sessions, also those called off: the published state keeps who was to come.
const BOOKED = `s.published -> 'bookings' @> jsonb_build_array(jsonb_build_object('personId', $2::text))`

// A feed holds its scope only; `$2` is the person, the code of the training, or nothing.
const WHERE: Record<Scope['of'], string> = {
  trainer: BOOKED,
  person: `(${BOOKED} or exists (select 1 from enrollments e where e.training_id = t.id and e.person_id = $2::bigint and e.status = 'enrolled'))`,
  training: `t.code = upper($2) and t.visibility = 'public'`,
  public: `t.visibility = 'public' and $2::text is null`,
}

const FROM = `from sessions s join trainings t on t.id = s.training_id
  where s.published ->> 'startsAt' > $1 and s.published ->> 'kind' = 'session' and t.status <> 'draft'`

const keyOf = (scope: Scope) => ('personId' in scope ? scope.personId : 'code' in scope ? scope.code : null)
const yearAgo = () =>
  now()
    .subtract({ hours: 365 * 24 })
    .toString({ smallestUnit: 'second' })

/**
 * A short text that changes whenever the calendar of a scope does: what was announced last, which sessions are in it,
 * where their trainings stand. One statement, nothing rendered.
 */
export async function versionOf(scope: Scope): Promise<string> {
  const row = await one<{ version: string }>(
    `feed.version-${scope.of}`,
    `select concat_ws(' ', max(s.published_at), count(*), sum(s.id),
       md5(string_agg(distinct concat_ws(' ', t.id, t.status, t.title), ','))) as version ${FROM} and ${WHERE[scope.of]}`,
    [yearAgo(), keyOf(scope)],
  )
  return fingerprint(`${scope.of} ${keyOf(scope)} ${row!.version}`).slice(0, 24)
}

export type FeedEntry = {
  id: string
  uid: string
  told: Told
  publishedAt: Temporal.Instant
  code: string
  title: Words
  status: TrainingStatus
  format: Format
}

/** Sessions of a scope as people were told of them: those of the past year and all to come. */
export function entriesOf(scope: Scope): Promise<FeedEntry[]> {
  return sql<FeedEntry>(
    `feed.entries-${scope.of}`,
    `select s.id, s.uid, s.published as told, s.published_at as "publishedAt", t.code,
       (select coalesce(t.title, v.title) from course_versions v where v.id = t.course_version_id) as title,
       t.status, t.format ${FROM} and ${WHERE[scope.of]} order by s.published ->> 'startsAt', s.id`,
    [yearAgo(), keyOf(scope)],
  )
}

/** A training that has a public calendar, or undefined. */
export const trainingWithFeed = (code: string) =>
  one<{ id: string; code: string; title: Words }>(
    'feed.training',
    `select t.id, t.code, coalesce(t.title, v.title) as title
     from trainings t join course_versions v on v.id = t.course_version_id
     where t.code = upper($1) and t.visibility = 'public' and t.status <> 'draft'`,
    [code],
  )
