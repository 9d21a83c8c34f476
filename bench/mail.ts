import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { actorOf } from '../models/actor.ts'
import { progressOf, sendBulkMail, writeBulkMail } from '../models/bulk-mailing.ts'
import { MailDouble, STORED } from '../test/support/mail-double.ts'
import { cpuOf, cpuOfFamily } from './cpu.ts'
import { SECRET, start, stopAll } from './processes.ts'
import { client } from './requests.ts'
import { ENROLL_IN, type Seeded, seed } from './seed.ts'

const PORT = 29_103
const RECIPIENTS = 5000
const BULK = 'BENCH-BULK'
/** How long people come while the bulk mail waits, and how often. */
const PROBE_SECONDS = 60
const EVERY_MS = 400
/** People whom no other measuring has enrolled. */
const FIRST = 1500

/**
 * Mails to five thousand, and what others wait for meanwhile. The mail server takes 10 ms for an answer and 50 ms for a
 * mail, as one some countries away does.
 */
export async function benchMail(postmaster: number) {
  const seeded = await seed(RECIPIENTS, SECRET)
  await seedBulk()
  const double = await new MailDouble({ latencyMs: answer => (answer === STORED ? 50 : 10), keepsText: false }).up()
  const app = await start('../server/main.ts', PORT, () => {}, {
    SMTP_URL: double.url,
    MAIL_FROM: 'RTCM <no-reply@rtcm.az>',
  })
  try {
    await idle()
    console.log(`\nMails, load average ${loadavg()[0]!.toFixed(1)}\n`)
    await bulkAlone(double, app.pid!, postmaster)
    await othersMeanwhile(double, seeded)
  } finally {
    stopAll()
    await double.down()
  }
}

async function bulkAlone(double: MailDouble, pid: number, postmaster: number) {
  const [node, database, commits, memory] = [cpuOf(pid), cpuOfFamily(postmaster), await transactions(), rssOf(pid)]
  const began = Date.now()
  const id = await sendToAll()
  const seen: string[] = []
  let most = memory
  for (let part = 1; double.stored.length < RECIPIENTS; ) {
    await sleep(500)
    most = Math.max(most, rssOf(pid))
    const { sent } = await progressOf(id)
    if (sent < (RECIPIENTS / 4) * part) continue
    part = Math.floor((sent / RECIPIENTS) * 4) + 1
    seen.push(`${sent} after ${seconds(Date.now() - began)} (${rssOf(pid)} MB)`)
  }
  await idle()
  const took = Date.now() - began
  const each = (sum: number) => Math.round(sum / RECIPIENTS)
  const twice = RECIPIENTS - new Set(double.stored.map(({ to }) => to)).size
  console.log(`- ${RECIPIENTS} recipients: ${seconds(took)}, ${(RECIPIENTS / (took / 1000)).toFixed(0)} mails a second`)
  console.log(
    `- CPU per mail: Node ${each(cpuOf(pid) - node)} µs, database ${each(cpuOfFamily(postmaster) - database)} µs`,
  )
  console.log(`- transactions per mail: ${(((await transactions()) - commits) / RECIPIENTS).toFixed(1)}`)
  console.log(
    `- memory: ${memory} MB before, at most ${most} MB; progress: ${seen.join(', ')}; to nobody twice: ${twice === 0}`,
  )
}

/** While five thousand wait, people enroll and ask for a new password: how long until the mail server has their mail. */
async function othersMeanwhile(double: MailDouble, { sessionOf }: Seeded) {
  await sendToAll()
  await sleep(3000)
  const { ask, close } = client(PORT)
  const asked: { kind: 'reset' | 'event'; address: string; at: number }[] = []
  const from = double.stored.length
  const address = async (number: number) =>
    (await one<{ email: string }>(
      null,
      'select email::text as email from accounts order by person_id offset $1 limit 1',
      [number],
    ))!.email
  for (let n = 0; n < (PROBE_SECONDS * 1000) / EVERY_MS; n++) {
    const { cookie, csrf } = sessionOf(FIRST + n)
    const isReset = n % 4 === 0
    const to = await address(FIRST + n)
    const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
    const path = isReset ? '/en/reset-password' : `/en/trainings/${ENROLL_IN}/enrollment`
    const body = `_csrf=${csrf}${isReset ? `&email=${encodeURIComponent(to)}` : ''}`
    const at = Date.now()
    const answer = await ask({ method: 'POST', path, headers, body })
    if (answer.status !== 303) throw new Error(`${path} answered ${answer.status}`)
    asked.push({ kind: isReset ? 'reset' : 'event', address: to, at })
    await sleep(EVERY_MS)
  }
  await sleep(3000)
  close()
  const waiting = await one<{ n: number }>(null, 'select count(*)::int as n from jobs where priority = 8')
  const kinds = await sql<{ messageId: string; kind: string }>(
    null,
    `select message_id as "messageId", kind from mails where kind in ('reset-password', 'enrollment-confirmed')`,
  )
  const kindOf = new Map(kinds.map(({ messageId, kind }) => [messageId, kind === 'reset-password' ? 'reset' : 'event']))
  const arrived = double.stored.slice(from).filter(({ messageId }) => kindOf.has(messageId))
  console.log(`- while ${waiting!.n} and more waited:`)
  for (const kind of ['reset', 'event'] as const) {
    const waits = asked
      .filter(each => each.kind === kind)
      .map(each => {
        const mail = arrived.find(({ to, messageId }) => to === each.address && kindOf.get(messageId) === kind)
        return mail ? mail.at - each.at : Number.POSITIVE_INFINITY
      })
      .sort((a, b) => a - b)
    const at = (share: number) => `${waits[Math.min(waits.length - 1, Math.floor(waits.length * share))]} ms`
    console.log(
      `  - ${waits.length} ${kind === 'reset' ? 'resets' : 'mails of one event'}: half within ${at(0.5)}, 95 % within ${at(0.95)}, the last ${at(1)}`,
    )
  }
}

/** A training of five thousand. */
async function seedBulk() {
  await sql(
    null,
    `insert into trainings (code, course_id, course_version_id, format, enrollment_mode, hours, status, created_at)
     select $1, course_id, course_version_id, 'self_paced', 'open', hours, 'running', $2 from trainings where code = $3`,
    [BULK, now(), ENROLL_IN],
  )
  await sql(
    null,
    `insert into enrollments (training_id, person_id, course_version_id, source, status, country, agency_type, sex, created_at)
     select t.id, p.id, t.course_version_id, 'self', 'enrolled', p.country, p.agency_type, p.sex, $2
     from trainings t, (select * from people order by id limit $3) p where t.code = $1`,
    [BULK, now(), RECIPIENTS],
  )
}

async function sendToAll(): Promise<string> {
  const training = await one<{ id: string }>(null, 'select id from trainings where code = $1', [BULK])
  const writer = await one<{ id: string }>(null, 'select min(id) as id from people')
  const actor = (await actorOf(writer!.id, now()))!
  const body = 'Please bring your passport to the first day.\n\nThe building asks for it at the entrance.'
  const id = await writeBulkMail(actor, training!.id, {
    ...{
      audience: 'enrolled',
      subject: { en: 'Bring your passport', ru: 'Возьмите паспорт' },
      body: { en: body, ru: body },
    },
  })
  await sendBulkMail(actor, id)
  return id
}

/** Until nothing waits any more. */
async function idle() {
  while ((await one<{ n: number }>(null, 'select count(*)::int as n from jobs'))!.n) await sleep(200)
}

async function transactions(): Promise<number> {
  const row = await one<{ n: string }>(
    null,
    'select xact_commit as n from pg_stat_database where datname = current_database()',
  )
  return Number(row!.n)
}

/** Resident memory of a process in megabytes. */
function rssOf(pid: number): number {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024)
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(0)} s`
