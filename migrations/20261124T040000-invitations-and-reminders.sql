-- Mail and calendar: what a calendar was told, what was reminded of, what goes into the daily mail.

-- `told` is the session's (or the agenda's) own number that the person was told; `sequence` is what the message bore:
-- it runs ahead where somebody withdrew and came back.
alter table invitations
  add training_id bigint not null references trainings,
  add told int not null;
create index invitations_training on invitations (training_id, person_id);

-- One reminder of a kind for a person, a session and the time it begins. A session that moves begins at another time.
create table reminders (
  person_id bigint not null references people on delete cascade,
  session_id bigint not null references sessions on delete cascade,
  kind text not null check (kind in ('week', 'day', 'hour')),
  starts_at timestamptz not null,
  primary key (person_id, session_id, kind, starts_at)
);
create index reminders_session on reminders (session_id);

-- Sessions by the time people were told. The text is that of an instant, so it is in order of time.
create index sessions_told on sessions ((published ->> 'startsAt'));

-- A mail with `digest` waits for the daily mail of its person; `digest_id` is the daily mail that took it along.
alter table mails add digest_id bigint references mails on delete cascade;
create index mails_digest on mails (person_id) where digest and digest_id is null and sent_at is null;
create index mails_in_digest on mails (digest_id) where digest_id is not null;

-- Who does not want such mails: they get none, and the result says so.
alter table bulk_mails add unwanted bigint[] not null default '{}';

-- What a mail is of the optional kinds: its reader may choose otherwise with one click.
alter table mails add topic text;
