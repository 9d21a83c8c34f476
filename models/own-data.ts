import { inTransaction, one, sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'

/**
 * Everything the platform keeps about a person, as plain data for a file of their own: instants as ISO texts, keys in
 * English. Left out: hashes of passwords and keys, and anonymous answers, which nothing ties to a person.
 */
export function ownData(actor: Actor): Promise<Record<string, unknown>> {
  return inTransaction(async () => {
    const data: Record<string, unknown> = {
      person: await one('own.person', PERSON, [actor.id]),
      account: await one('own.account', ACCOUNT, [actor.id]),
    }
    for (const [name, text] of Object.entries(LISTS)) data[name] = await sql(`own.${name}`, text, [actor.id])
    return data
  })
}

const PERSON = `select id, name_latin, name_cyrillic, name_own, name_own_script as name_own_language, sex, country,
  organization, agency_type, locale, zone, reading_language, contact_email::text as contact_email, ministry_may_see, created_at, erasure_asked_at from people where id = $1`
const ACCOUNT = 'select email::text as email, verified_at, created_at from accounts where person_id = $1'

const MINE = 'select id from enrollments where person_id = $1'

const LISTS = {
  consents: `select purpose, wording_version, given_at, withdrawn_at from consents where person_id = $1 order by id`,
  role_grants: `select role, scope_kind, scope_id, valid_from, valid_to, mandate from role_grants where person_id = $1
    order by id`,
  sign_in_sessions: `select agent, network, created_at, seen_at, expires_at from sign_in_sessions where person_id = $1
    order by created_at`,
  enrollments: `select e.id, t.code as training, c.code as course, v.major || '.' || v.minor as course_version, e.source,
      e.status, e.country, e.agency_type, e.sex, e.created_at, e.eligible_at, e.names_confirmed, e.names_confirmed_at,
      e.level, e.expectations
    from enrollments e join trainings t on t.id = e.training_id join course_versions v on v.id = e.course_version_id
    join courses c on c.id = v.course_id where e.person_id = $1 order by e.id`,
  lessons_finished: `select p.enrollment_id, l.code as lesson, p.finished_at from progress p
    join lessons l on l.id = p.lesson_id where p.enrollment_id in (${MINE}) order by p.finished_at`,
  attempts: `select id, enrollment_id, number, started_at, deadline_at, given_back, handed_in_at, closed_by, points, max_points, percent
    from attempts where enrollment_id in (${MINE}) order by id`,
  test_results_corrected: `select r.attempt_id, r.points_before, r.max_before, r.percent_before, r.points_after, r.max_after,
      r.percent_after, g.reason, g.at from regraded_attempts r join regrades g on g.id = r.regrade_id
    where r.attempt_id in (select id from attempts where enrollment_id in (${MINE})) order by g.id, r.attempt_id`,
  answers: `select n.attempt_id, i.code as item, n.value, n.language, n.received_at from answers n
    join item_versions w on w.id = n.item_version_id join items i on i.id = w.item_id
    where n.attempt_id in (select id from attempts where enrollment_id in (${MINE})) order by n.id`,
  essays_marked: `select a.id as attempt_id, i.code as item, m.levels, m.comment, m.final_at from attempts a
    join answers n on n.attempt_id = a.id join marks m on m.subject_kind = 'answer' and m.subject_id = n.id
    join item_versions w on w.id = n.item_version_id join items i on i.id = w.item_id
    where a.enrollment_id in (${MINE}) and a.percent is not null and m.final_at is not null order by m.id`,
  marks_changed: `select attempt_id, levels_before, comment_before, levels_after, comment_after, percent_before, percent_after,
      reason, at from mark_changes where attempt_id in (select id from attempts where enrollment_id in (${MINE})) order by id`,
  assignment_works: `select u.id, u.enrollment_id, u.round, case when u.status = 'accepted' and not exists (select 1
      from grade_releases l where l.submission_id = u.id) then 'handed_in' else u.status end as status, u.body, u.language,
      u.saved_at, u.handed_in_at, u.receipt, u.due_wall, u.returned_at, u.returned_comment
    from submissions u where u.enrollment_id in (${MINE}) order by u.id`,
  assignment_results: `select enrollment_id, points, max_points, percent, levels, comments, reason, at from grade_releases
    where enrollment_id in (${MINE}) order by id`,
  test_adjustments: `select enrollment_id, extra_attempts, extra_percent, extra_minutes, opens_at, closes_at, reason, at
    from test_adjustments where enrollment_id in (${MINE}) order by at`,
  extensions: `select enrollment_id, due_wall, reason, at from extensions where enrollment_id in (${MINE}) order by id`,
  marks_given: `select subject_kind, subject_id, part, levels, comment, saved_at, final_at from marks where marker_id = $1
    order by id`,
  works_given_to_mark: `select enrollment_id, part, at from allocations where marker_id = $1 order by at, enrollment_id`,
  comment_bank: `select text, created_at from comment_bank where person_id = $1 order by id`,
  grades: `select enrollment_id, points, max_points, percent, released_at from grades where enrollment_id in (${MINE})
    order by released_at`,
  certificates: `select c.code, c.kind, c.snapshot, c.issued_at, c.valid_until, c.revoked_at, c.revoked_reason,
      c.replaced_at, h.name_latin, h.name_cyrillic, h.name_own
    from certificates c join certificate_holders h on h.certificate_id = c.id where c.person_id = $1 order by c.id`,
  attendance: `select a.enrollment_id, s.title as session, s.starts_at, s.ends_at, a.status, a.minutes, a.reason, a.moved_at,
      a.source, a.at from attendances a join sessions s on s.id = a.session_id where a.enrollment_id in (${MINE})
    order by s.starts_at, a.id`,
  attendance_corrections: `select a.enrollment_id, s.starts_at, c.was - 'byId' as was, c.reason, c.at from attendance_corrections c
    join attendances a on a.id = c.attendance_id join sessions s on s.id = a.session_id where a.enrollment_id in (${MINE})
    order by c.id`,
  evaluation_forms_sent: `select f.code as form, r.day, r.training_day, t.code as training from form_receipts r
    join form_versions v on v.id = r.form_version_id join forms f on f.id = v.form_id
    join trainings t on t.id = r.training_id where r.person_id = $1 order by r.day`,
  form_responses: `select f.code as form, t.code as training, r.language, r.answers from form_responses r
    join form_versions v on v.id = r.form_version_id join forms f on f.id = v.form_id
    join trainings t on t.id = r.training_id where r.person_id = $1`,
  mails: `select kind, subject, address, locale, created_at, sent_at from mails where person_id = $1 order by id`,
  sessions_booked: `select t.code as training, s.starts_at, s.ends_at, b.role, b.firm from bookings b
    join sessions s on s.id = b.session_id join trainings t on t.id = s.training_id where b.person_id = $1
    order by s.starts_at`,
  mail_preferences: `select kind, choice, changed_at from mail_preferences where person_id = $1 order by kind`,
  calendar_addresses: `select created_at, last_used_at, revoked_at from calendar_feeds where person_id = $1 order by id`,
  calendar_entries: `select uid, method, sequence, sent_at from invitations where person_id = $1 order by sent_at, uid`,
  reminders: `select session_id, kind, starts_at from reminders where person_id = $1 order by starts_at, kind`,
  translations_given: `select kind, code, work, due_on, given_at, ended_at from translation_tasks where person_id = $1
    order by id`,
  materials_added: `select t.code as training, m.title, m.language, m.added_at, m.removed_at from materials m
    join trainings t on t.id = m.training_id where m.added_by = $1 order by m.id`,
  requests: `select code, lead_state, status, created_at, submitted_at from requests
    where holder_id = $1 or submitted_by = $1 order by id`,
  messages_written: `select r.code as request, m.side, m.body, m.at from messages m join requests r on r.id = m.request_id
    where m.by_id = $1 order by m.id`,
  offers_agreed: `select r.code as request, o.number, o.state_agreed_at, o.center_agreed_at from offers o
    join requests r on r.id = o.request_id where o.state_agreed_by = $1 or o.center_agreed_by = $1 order by o.id`,
  files: `select name, type, size, uploaded_at from files where uploaded_by = $1 order by id`,
  seen_by: `select x.at, v.name_latin as viewer, x.place from access_entries x join people v on v.id = x.viewer_id
    where x.person_id = $1 order by x.id`,
  saw: `select at, place from access_entries where viewer_id = $1 order by id`,
  acts: `select at, action, record_kind, record_id from audit_entries where actor_id = $1 order by id`,
}
