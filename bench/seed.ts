import { createHmac } from 'node:crypto'
import { one, sql } from '../lib/db.ts'
import { fingerprint } from '../lib/secrets.ts'
import { now } from '../lib/time.ts'
import { loadCurriculum } from '../models/curriculum/loading.ts'
import { seedAgenda } from './agenda.ts'
import { firstRequest, seedStates } from './states.ts'
import { seedWorks, waitingWorks } from './works.ts'
import { fillStates } from '../server/states.ts'

export const TRAINING = 'BENCH-SELF'
export const ENROLL_IN = 'BENCH-OPEN'
/** Over: all who were in it have their certificates but for the first forty. */
const PAST = 'BENCH-PAST'
/** Who opens the coordinator's home. */
export const COORDINATOR = 650

export type Seeded = {
  sessionOf(person: number): { cookie: string; csrf: string }
  /** Ids of works that wait to be marked. */
  works: string[]
  /** Code of a request with a thread and two offers. */
  request: string
}

/** The curriculum, two open self-paced trainings, and people up to `count`, each enrolled in the first, with lessons read. */
export async function seed(count: number, secret: string): Promise<Seeded> {
  if (!(await one(null, 'select 1 as there from trainings where code = $1', [TRAINING]))) await seedContent()
  await sql(null, PEOPLE, [count])
  await sql(null, ACCOUNTS)
  await sql(null, ENROLLMENTS, [TRAINING])
  await sql(null, PROGRESS, [TRAINING])
  await seedDuties()
  await seedAgenda()
  await seedWorks()
  await seedStates(COORDINATOR)
  await sql(null, 'analyze')
  return { sessionOf: await sessions(secret), works: await waitingWorks(), request: await firstRequest() }
}

async function seedContent() {
  await fillStates()
  const root = new URL('../curriculum', import.meta.url).pathname
  const { problems } = await loadCurriculum(root, { publish: true, actor: null })
  if (problems.length) throw new Error('The curriculum has problems: see bin/curriculum check')
  for (const code of [TRAINING, ENROLL_IN])
    await sql(
      null,
      `insert into trainings (code, course_id, course_version_id, format, enrollment_mode, hours, status, created_at)
       select $1, c.id, v.id, 'self_paced', 'open', v.hours, 'running', $2
       from courses c join course_versions v on v.course_id = c.id
       where c.code = 'RMC-01' and v.published_at is not null order by v.major desc, v.minor desc limit 1`,
      [code, now()],
    )
}

/** What waits for a coordinator, as much at any size, among what is done, which grows with the people. */
async function seedDuties() {
  await sql(null, GRANT, [COORDINATOR])
  await sql(null, PAST_TRAINING, [PAST, TRAINING])
  await sql(null, PAST_ENROLLMENTS, [PAST])
  await sql(null, PAST_CERTIFICATES, [PAST])
  await sql(null, PAST_MAILS)
}

/** Sign-in sessions of the first 3,000 people, made without the sign-in page (a password costs a tenth of a second). */
async function sessions(secret: string) {
  const csrf = 'c'.repeat(32)
  await sql(
    null,
    `insert into sign_in_sessions (id, person_id, data, created_at, seen_at, expires_at)
     select encode(sha256(('bench-' || p.id)::bytea), 'hex'), p.id, jsonb_build_object('cookie', '{}'::jsonb, 'csrfToken', $1::text,
       'seenMs', $2::bigint, 'passport', jsonb_build_object('user', p.id::text)), $3, $3, $4
     from people p order by p.id limit 3000 on conflict do nothing`,
    [csrf, now().epochMilliseconds, now(), now().add({ hours: 24 })],
  )
  const first = Number((await one<{ id: string }>(null, 'select min(id) as id from people'))!.id)
  if (fingerprint(`bench-${first}`).length !== 64) throw new Error('Keys of sign-in sessions are no SHA-256 any more')
  return (person: number) => {
    const sid = `bench-${first + person}`
    const signature = createHmac('sha256', secret).update(sid).digest('base64').replace(/=+$/, '')
    return { cookie: `rtcm=${encodeURIComponent(`s:${sid}.${signature}`)}`, csrf }
  }
}

const PEOPLE = `
  insert into people (name_latin, name_cyrillic, sex, country, agency_type, organization, locale, zone, created_at)
  select 'Learner ' || n, 'Слушатель ' || n, case n % 2 when 0 then 'woman' else 'man' end,
    (array['AZ','KZ','KG','TJ','TR','IR','IT','PK','TM','UZ'])[1 + n % 10], 'migration', 'Migration service', 'en', 'Asia/Baku', now()
  from generate_series((select count(*) from people) + 1, $1::int) n`

const ACCOUNTS = `
  insert into accounts (person_id, email, password_hash, verified_at, created_at)
  select p.id, 'learner' || p.id || '@bench.example', 'none', now(), now() from people p
  where not exists (select 1 from accounts a where a.person_id = p.id)`

const ENROLLMENTS = `
  insert into enrollments (training_id, person_id, course_version_id, source, status, country, agency_type, sex, created_at)
  select t.id, p.id, t.course_version_id, 'self', 'enrolled', p.country, p.agency_type, p.sex, now()
  from people p, trainings t where t.code = $1
    and not exists (select 1 from enrollments e where e.training_id = t.id and e.person_id = p.id)`

const PROGRESS = `
  insert into progress (enrollment_id, lesson_id, finished_at)
  select e.id, l.lesson_id, now() from enrollments e join trainings t on t.id = e.training_id
    join course_parts p on p.course_version_id = e.course_version_id join lesson_versions l on l.id = p.lesson_version_id
  where t.code = $1 and p.position = 1 on conflict do nothing`

const GRANT = `
  insert into role_grants (person_id, role, scope_kind, valid_from)
  select id, 'coordinator', 'center', now() from people order by id offset $1 limit 1`

const PAST_TRAINING = `
  insert into trainings (code, course_id, course_version_id, format, enrollment_mode, hours, status, created_at)
  select $1, course_id, course_version_id, 'self_paced', 'open', hours, 'closed', now() from trainings where code = $2
  on conflict (code) do nothing`

// Not the people as whom other pages are asked for: theirs stay as they were. The first forty wait for certificates.
const PAST_ENROLLMENTS = `
  insert into enrollments (training_id, person_id, course_version_id, source, status, country, agency_type, sex, created_at,
    eligible_at, names_confirmed, names_confirmed_at, certified_at)
  select t.id, p.id, t.course_version_id, 'self', 'enrolled', p.country, p.agency_type, p.sex, now(), now() - interval '30 days',
    jsonb_build_object('latin', p.name_latin), now() - interval '30 days', case when p.place > 40 then now() end
  from (select *, row_number() over (order by id) as place from (select * from people order by id offset 700) q) p, trainings t
  where t.code = $1 and not exists (select 1 from enrollments e where e.training_id = t.id and e.person_id = p.id)`

const PAST_CERTIFICATES = `
  insert into certificates (code, kind, person_id, training_id, enrollment_id, snapshot, issued_at, issued_by)
  select 'BENCH-' || e.id, 'achievement', e.person_id, e.training_id, e.id, '{}', now(), e.person_id
  from enrollments e join trainings t on t.id = e.training_id and t.code = $1 where e.certified_at is not null
  on conflict do nothing`

const PAST_MAILS = `
  insert into mails (event_key, person_id, address, kind, data, locale, zone, message_id, created_at, sent_at)
  select 'bench:' || p.id, p.id, 'learner' || p.id || '@bench.example', 'password-changed', '{}', 'en', 'Asia/Baku',
    '<bench-' || p.id || '@rtcm.az>', now(), now()
  from people p on conflict do nothing`
