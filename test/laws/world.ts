import type supertest from 'supertest'
import { inTransaction, one, sql } from '../../lib/db.ts'
import { enqueue } from '../../lib/queue.ts'
import { keep } from '../../lib/storage.ts'
import { certify } from '../../models/certifying.ts'
import { notify, recipient } from '../../models/notifying.ts'
import { set } from '../../models/settings.ts'
import { register } from '../../models/registering.ts'
import { askReset } from '../../models/resetting.ts'
import { theHouse } from '../support/app.ts'
import { aCourse } from '../support/courses.ts'
import { confirmedNames, finished, passedTest, readLessons } from '../support/finishing.ts'
import { anEnrollment, aTraining, type SomeEnrollment, type SomeTraining } from '../support/trainings.ts'
import { theDailyForm } from '../support/daily-form.ts'
import { aPerson, asActor, cast, type Someone } from '../support/people.ts'
import { guest, type Reader, signedIn } from '../support/reader.ts'
import { somethingComposed } from './world-of-courses.ts'
import { somethingDrafted } from './world-of-drafts.ts'
import { type EssaysOfAWorld, somethingWritten } from './world-of-essays.ts'
import { type Mailing, somethingMailed } from './world-of-mail.ts'
import { type Shelved, somethingShared } from './world-of-materials.ts'
import { type Marked, somethingMarked } from './world-of-marking.ts'
import { type Offering, somethingOffered } from './world-of-offers.ts'
import { aLostPass } from '../support/lost-passes.ts'
import { type Brought, somethingBrought } from './world-of-questions.ts'
import { somethingAgreed } from './world-of-renditions.ts'
import { type Asking, somethingAsked } from './world-of-requests.ts'
import { type Planned, somethingPlanned } from './world-of-sessions.ts'
import { somethingTaught, type Taught } from './world-of-teaching.ts'

/** Who tries every address. `owner` is the learner whose records they are. */
export const PERSONAS = [
  'guest',
  'owner',
  'other',
  'trainer',
  'coordinator',
  'administrator',
  'focalPoint',
  'stranger',
  'inCharge',
] as const
export type Persona = (typeof PERSONAS)[number]

/** The records of one learner, one of each kind that has an address, and a browser for each persona. */
export type World = {
  readers: Record<Persona, Reader>
  people: Record<Exclude<Persona, 'guest'>, Someone>
  /** In the middle: one attempt handed in, the second open. */
  open: SomeTraining
  openEnrollmentId: string
  /** Everything done, the name not confirmed. */
  done: SomeTraining
  doneEnrollment: SomeEnrollment
  /** Certified. */
  certified: SomeTraining
  certificate: string
  confirmToken: string
  resetToken: string
  mailId: string
  jobId: string
  sessionId: string
  grantId: string
  logoId: string
  /** By which the person in charge is. */
  chargeId: string
  /** Code of a project with a logo. */
  project: string
  lesson: string
  planned: Planned
  brought: Brought
  /** Code of a certificate whose pass was lost when results were corrected. */
  lostPass: string
  shelved: Shelved
  mailing: Mailing
  /** A piece of the curriculum with a draft, by its address. */
  piece: string
  remarkId: string
  /** A bilingual table that a coordinator brought to that draft. */
  tableId: string
  /** Code of a composed course. */
  composed: string
  marked: Marked
  essays: EssaysOfAWorld
  offering: Offering
  asking: Asking
  taught: Taught
  /** Code of a lesson that is in work in Persian, and a table that was brought for it. */
  persian: string
  persianTableId: string
}

export async function aWorld(): Promise<World> {
  await theDailyForm()
  const course = await aCourse({ measured: 1 })
  const open = await aTraining(course, { code: 'RMC-01-OPEN' })
  const people = {
    owner: await cast.learner(),
    other: await aPerson({ email: 'other@ministry.example', name: 'Bolot Asanov', country: 'KZ' }),
    trainer: await cast.trainer(),
    coordinator: await cast.coordinator(),
    administrator: await cast.administrator(),
    focalPoint: await cast.focalPoint(),
    stranger: await cast.stranger(),
    inCharge: await cast.inCharge(open.id),
  }
  const { owner } = people
  const enrolled = await anEnrollment(open, owner)
  await readLessons(enrolled)
  await passedTest(enrolled)
  const done = await aTraining(course, { code: 'RMC-01-DONE' })
  const doneEnrollment = await anEnrollment(done, owner)
  await finished(doneEnrollment)
  const certified = await aTraining(course, { code: 'RMC-01-CERT' })
  const certificate = await aCertificate(certified, people)

  const readers = { guest: guest() } as Record<Persona, Reader>
  await readers.guest.token()
  for (const [persona, person] of Object.entries(people)) readers[persona as Persona] = await signedIn(person)
  await signedIn(owner)
  await readers.owner.post(`/en/trainings/${open.code}/attempts`)
  return {
    ...{ readers, people, open, openEnrollmentId: enrolled.id, done, doneEnrollment, certified, certificate },
    ...(await theTokens(owner)),
    mailId: await aMail(owner),
    jobId: await aFailedJob(),
    sessionId: await aSessionOf(readers.owner),
    grantId: (await one<{ id: string }>(null, `select id from role_grants where role = 'trainer'`))!.id,
    chargeId: (await one<{ id: string }>(null, `select id from role_grants where scope_kind = 'training'`))!.id,
    ...(await aLogoAndProject(people.administrator)),
    lesson: course.lessons[0]!.code,
    composed: await somethingComposed(course.lessons[0]!.code, people.coordinator),
    planned: await somethingPlanned(course, people.coordinator),
    brought: await somethingBrought(people.coordinator),
    lostPass: (await aLostPass(await asActor(people.coordinator), await aTraining(course, { code: 'RMC-01-LOST' })))
      .code,
    shelved: await somethingShared(open, people.coordinator),
    offering: await somethingOffered(course),
    asking: await somethingAsked(people.focalPoint, people.coordinator),
    taught: await somethingTaught(course, people),
    marked: await somethingMarked(course, people),
    essays: await somethingWritten(people),
    ...(await somethingAgreed(open, course.lessons[0]!.code, people.coordinator)),
    mailing: await somethingMailed(open, owner, people.coordinator),
    ...(await somethingDrafted(course.code, people.coordinator)),
  }
}

async function aCertificate(training: SomeTraining, people: World['people']) {
  const coordinator = await asActor(people.coordinator)
  await inTransaction(() =>
    set(coordinator, 'signatories', [
      { name: { en: 'Farid Ismayilov', ru: 'Фарид Исмаилов' }, post: { en: 'Director', ru: 'Директор' } },
    ]),
  )
  const enrollment = await anEnrollment(training, people.owner)
  await finished(enrollment)
  await confirmedNames(enrollment)
  const outcome = await certify(coordinator, enrollment.id, theHouse().config.dataKey)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.code
}

/** A link that confirms an address, and one that sets a new password, as the mails have them. */
async function theTokens(owner: Someone) {
  const { dataKey } = theHouse().config
  await register(
    {
      ...{ email: 'newcomer@ministry.example', password: 'a-long-password-of-mine', nameLatin: 'Nurlan Osmonov' },
      ...{ nameCyrillic: null, nameOwn: null, nameOwnScript: null, country: 'KG', organization: null },
      ...{ agencyType: 'migration', sex: 'man', locale: 'en', zone: 'Asia/Bishkek' },
    },
    dataKey,
  )
  await askReset(owner.email, dataKey)
  const tokenIn = async (kind: string) => {
    const mail = await one<{ link: string }>(null, `select data ->> 'link' as link from mails where kind = $1`, [kind])
    return mail!.link.split('/').at(-1)!
  }
  return { confirmToken: await tokenIn('confirm-address'), resetToken: await tokenIn('reset-password') }
}

async function aMail(owner: Someone) {
  const to = (await recipient(owner.id))!
  await inTransaction(() => notify(to, 'password-changed', 'world:mail', {}))
  const mail = await one<{ id: string }>(
    null,
    `update mails set subject = 'News', body_text = 'News', body_html = '<p>News</p>', failed_at = now(), last_error = 'x',
       calendar = '[{"method":"REQUEST","filename":"a.ics","text":"x"}]'
     where event_key = 'world:mail' returning id`,
  )
  return mail!.id
}

async function aFailedJob() {
  await enqueue('mail.send', { mailId: '1' })
  const job = await one<{ id: string }>(
    null,
    `update jobs set failed_at = now(), last_error = 'x' where id = (select max(id) from jobs) returning id`,
  )
  return job!.id
}

/** The other sign-in session of the owner, as their own page names it. */
async function aSessionOf(reader: Reader) {
  const page = await reader.get('/en/me/sign-ins')
  const action = page
    .$('form[action*="/me/sign-ins/"]')
    .toArray()
    .map(form => page.$(form).attr('action')!)
  return action.map(each => /sign-ins\/([^/]+)\/ending/.exec(each)?.[1]).find(Boolean) ?? ''
}

async function aLogoAndProject(who: Someone) {
  const logoId = await aLogo(who)
  await sql(
    null,
    `insert into projects (code, title, donor, logo_id) values ('DONOR-2027', '{"en":"Skills","ru":"Навыки"}', 'A donor', $1)`,
    [logoId],
  )
  return { logoId, project: 'DONOR-2027' }
}

async function aLogo(who: Someone) {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>')
  const sha256 = await keep(theHouse().config.uploadsDir, svg)
  const { id } = (await one<{ id: string }>(
    null,
    `insert into files (sha256, type, size, name, owner_kind, owner_id, uploaded_by, uploaded_at)
     values ($1, 'image/svg+xml', $2, 'logo', 'setting', 'logos', $3, now()) returning id`,
    [sha256, svg.length, who.id],
  ))!
  await inTransaction(async () => set(await asActor(who), 'logos', [id]))
  return id
}

/** A fresh agent with the same cookies would be another browser; this is the same one, without checks of pages. */
export const agentOf = (reader: Reader): ReturnType<typeof supertest.agent> => reader.agent

/** Names of tables with how many rows they hold and which transactions wrote them. */
export async function fingerprint(except: string[]): Promise<Record<string, string>> {
  tables ??= (
    await sql<{ name: string }>(
      null,
      `select table_name as name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
    )
  ).map(({ name }) => name)
  const text = tables
    .filter(name => !except.includes(name))
    .map(
      name =>
        `select '${name}' as name, count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) as mark from "${name}"`,
    )
    .join(' union all ')
  // Named, so that a statement over all tables is planned once: that is most of its time.
  const rows = await sql<{ name: string; mark: string }>(`test.fingerprint ${except.join(' ')}`, text)
  return Object.fromEntries(rows.map(({ name, mark }) => [name, mark]))
}
let tables: string[] | undefined

export type Saved = Record<string, string>

/** All rows of all tables, to be put back after an act. */
export async function save(): Promise<Saved> {
  const saved: Saved = {}
  for (const name of Object.keys(await fingerprint(['migrations'])))
    saved[name] = (await one<{ rows: string }>(
      null,
      `select coalesce(json_agg(t), '[]')::text as rows from "${name}" t`,
    ))!.rows
  return saved
}

/** Puts rows back, of all tables or of those named, and returns the new fingerprint. */
export async function putBack(saved: Saved, names = Object.keys(saved)) {
  await inTransaction(async () => {
    await sql(null, 'set local session_replication_role = replica')
    for (const name of names.filter(each => saved[each])) {
      await sql(null, `delete from "${name}"`)
      if (saved[name] === '[]') continue
      await sql(
        null,
        `insert into "${name}" overriding system value select * from json_populate_recordset(null::"${name}", $1)`,
        [saved[name]],
      )
    }
  })
  return fingerprint([])
}
