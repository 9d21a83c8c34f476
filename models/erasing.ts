import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record, transition } from './audit.ts'
import { lockTraining } from './enrolling.ts'
import { offerFreePlaces } from './placing.ts'
import { forgetInAgendas } from './forgetting-in-agendas.ts'
import { forgetLater, forgetWorks, WORKS } from './forgetting-works.ts'
import { notify, type Recipient } from './notifying.ts'
import { insist, no, type Verdict, YES } from './refused.ts'

/** Whether a person can be erased: not twice, not oneself, and not while they work for the Center under a role. */
export function erasable(
  person: { id: string; erasedAt: Temporal.Instant | null; roles: number },
  actor: Actor,
): Verdict {
  if (person.erasedAt) return no('person.erasedAlready')
  if (person.id === actor.id) return no('person.eraseSelf')
  if (person.roles > 0) return no('person.eraseRoles')
  return YES
}

/**
 * Erases a person in one transaction. Gone: names, account, sign-in sessions, consents, mails, who looked, what was typed into forms under
 * the name. Unfinished places in trainings end. Kept: the row without identity, so that totals stay right, and the register
 * of certificates with a keyed hash of each name, so that a paper can still be checked (`model.md`, Erasure).
 * @param grounds for the audit when the person did not ask in the platform, e.g. 'letter of 3 March'
 * @throws Refused when `erasable` says no
 */
export async function erase(actor: Actor, personId: string, grounds: string | null): Promise<void> {
  await inTransaction(async () => {
    const trainings = await lockTrainings(personId)
    const person = await one<{ id: string; erasedAt: Temporal.Instant | null; asked: boolean }>(
      'erase.lock',
      `select id, erased_at as "erasedAt", erasure_asked_at is not null as asked from people where id = $1 for update`,
      [personId],
    )
    insist(erasable({ ...person!, roles: await rolesOf(personId) }, actor))
    const address = await lastAddress(personId)
    const freed = await endPlaces(actor, personId)
    await forgetWorks(personId)
    for (const [name, text] of Object.entries(BLANKING)) await sql(`erase.${name}`, text, [personId])
    await forgetLetters(personId)
    await forgetInAgendas(personId)
    await sql('erase.mails-to', MAILS_TO, [address?.address ?? ''])
    await sql('erase.person', PERSON, [personId, now()])
    for (const id of trainings) if (freed.includes(id)) await offerFreePlaces(await lockTraining(id))
    await record(actor, 'person.erased', 'person', personId, { asked: person!.asked, grounds })
    if (address) await notify({ ...address, personId: null }, 'person-erased', `person-erased:${personId}`, {})
  })
}

const PERSON = `update people set erased_at = $2, name_latin = null, name_cyrillic = null, name_own = null,
  name_own_script = null, sex = 'not_stated', country = null, organization = null, agency_type = null, locale = 'en',
  zone = 'Asia/Baku', reading_language = null, contact_email = null, ministry_may_see = false where id = $1`

/** What else holds something of the person: each statement takes the person's id. Mails come before the account. */
const BLANKING = {
  jobs: `delete from jobs where name = 'mail.send' and payload ->> 'mailId' in
    (select id::text from mails where person_id = $1 and sent_at is null)`,
  'mails-unsent': 'delete from mails where person_id = $1 and sent_at is null',
  mails: `update mails set address = 'erased ' || id, data = '{}', subject = null, body_text = null, body_html = null, last_error = null,
    calendar = null where person_id = $1`,
  names: `update enrollments set names_confirmed = null, names_confirmed_at = null, level = null, expectations = null
    where person_id = $1`,
  holders: `update certificate_holders set name_latin = null, name_cyrillic = null, name_own = null, name_own_script = null
    where certificate_id in (select id from certificates where person_id = $1)`,
  // That somebody was excused stays; why, does not.
  attendances: `update attendances set reason = case when status = 'excused' then '–' end where reason is not null
    and enrollment_id in (select id from enrollments where person_id = $1)`,
  'attendance-trail': `update attendance_corrections set reason = null, was = was - 'reason' where attendance_id in
    (select a.id from attendances a join enrollments e on e.id = a.enrollment_id where e.person_id = $1)`,
  // Lists of meetings name people who may be this one.
  'attendance-lists': `delete from attendance_imports where session_id in (select s.id from sessions s
    join enrollments e on e.training_id = s.training_id where e.person_id = $1)`,
  ...WORKS,
  responses: 'update form_responses set person_id = null where person_id = $1',
  mandates: 'update role_grants set mandate = null, letter_id = null where person_id = $1',
  // Proposals name an address and say something of the person: one's own, and those that name this one.
  handovers: `update handovers set address = '', note = null where proposed_by = $1
    or lower(address) = (select lower(email::text) from accounts where person_id = $1)`,
  'requests-sent': 'update requests set submitted_name = null where submitted_by = $1',
  'offers-state': 'update offers set state_agreed_name = null where state_agreed_by = $1',
  'offers-center': 'update offers set center_agreed_name = null where center_agreed_by = $1',
  consents: 'delete from consents where person_id = $1',
  accesses: 'delete from access_entries where person_id = $1',
  preferences: 'delete from mail_preferences where person_id = $1',
  feeds: 'delete from calendar_feeds where person_id = $1',
  invitations: 'delete from invitations where person_id = $1',
  sessions: 'delete from sign_in_sessions where person_id = $1',
  reminders: 'delete from reminders where person_id = $1',
  account: 'delete from accounts where person_id = $1',
}

/** Letters of mandates: no grant names them any more. */
async function forgetLetters(personId: string) {
  const gone = await sql<{ sha256: string }>(
    'erase.letters',
    `delete from files f using role_grants g where g.person_id = $1 and f.owner_kind = 'mandate' and f.owner_id = g.id::text
     returning f.sha256`,
    [personId],
  )
  await forgetLater(gone.map(({ sha256 }) => sha256))
}

// Mails to the address that were not tied to the person.
const MAILS_TO = `delete from mails where $1 <> '' and address = $1 and person_id is null`

async function rolesOf(personId: string): Promise<number> {
  const row = await one<{ n: number }>(
    'erase.roles',
    'select count(*)::int as n from role_grants where person_id = $1 and (valid_to is null or valid_to > $2)',
    [personId, now()],
  )
  return row!.n
}

function lastAddress(personId: string): Promise<Recipient | undefined> {
  return one<Recipient>(
    'erase.address',
    `select p.id as "personId", a.email::text as address, p.locale, p.zone from people p join accounts a on a.person_id = p.id
     where p.id = $1 and a.verified_at is not null`,
    [personId],
  )
}

/** The trainings in which the person has a place, each locked: trainings are locked before people. */
async function lockTrainings(personId: string): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    'erase.trainings',
    `select distinct training_id as id from enrollments where person_id = $1 and status in ('requested', 'waiting', 'enrolled')
     order by 1`,
    [personId],
  )
  for (const { id } of rows) await lockTraining(id)
  return rows.map(({ id }) => id)
}

/**
 * Places without a certificate end: nobody will come back to them, and a seat may be wanted.
 * @returns the trainings in which one may have come free: a place offered to the person was held, too
 */
async function endPlaces(actor: Actor, personId: string): Promise<string[]> {
  const ended = await sql<{ id: string; trainingId: string; status: string }>(
    'erase.places',
    `update enrollments e set status = 'withdrawn' from enrollments before where before.id = e.id and e.person_id = $1
       and e.status in ('requested', 'waiting', 'enrolled') and not exists (select 1 from certificates c
         where c.enrollment_id = e.id)
     returning e.id, e.training_id as "trainingId", before.status`,
    [personId],
  )
  for (const { id, status } of ended) await transition('enrollment', id, status, 'withdrawn', actor)
  return ended.map(place => place.trainingId)
}
