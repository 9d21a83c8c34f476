-- What a person chose per kind of mail. Mails that carry a duty or a date have no choice and no row.
create table mail_preferences (
  person_id bigint not null references people on delete cascade,
  kind text not null,
  choice text not null check (choice in ('at_once', 'daily', 'never')),
  changed_at timestamptz not null,
  primary key (person_id, kind)
);

-- A text of a mail edited by the Center; the default is the file in locales. History by number.
create table mail_texts (
  id bigint generated always as identity primary key,
  key text not null,
  language text not null,
  number int not null,
  body text,
  by_id bigint not null references people,
  at timestamptz not null,
  unique (key, language, number)
);

create table bulk_mails (
  id bigint generated always as identity primary key,
  training_id bigint not null references trainings,
  audience text not null check (audience in ('enrolled', 'waiting', 'requested', 'trainers')),
  subject jsonb not null,
  body jsonb not null,
  created_by bigint not null references people,
  created_at timestamptz not null,
  sent_at timestamptz
);
create index bulk_mails_training on bulk_mails (training_id);

alter table mails
  add bulk_mail_id bigint references bulk_mails,
  add calendar text,
  add digest boolean not null default false;
create index mails_bulk on mails (bulk_mail_id) where bulk_mail_id is not null;

-- Secret addresses of calendar feeds: the token's hash only.
create table calendar_feeds (
  id bigint generated always as identity primary key,
  person_id bigint not null references people on delete cascade,
  token_hash text not null unique,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index calendar_feeds_person on calendar_feeds (person_id);

-- What a person's calendar has been told of an event, so that the next word about it fits.
create table invitations (
  person_id bigint not null references people on delete cascade,
  uid text not null,
  sequence int not null,
  method text not null check (method in ('REQUEST', 'CANCEL')),
  sent_at timestamptz not null,
  primary key (person_id, uid)
);
