-- Pieces of the curriculum being edited in the platform: a lesson, the card of a module, its assignment.
create table drafts (
  id bigint generated always as identity primary key,
  module_id bigint not null references modules,
  kind text not null check (kind in ('lesson', 'card', 'assignment')),
  -- The lesson's code; of a card or an assignment, the module's.
  code text not null,
  status text not null default 'draft' check (status in
    ('draft', 'peer_review', 'en_approved', 'ru_translated', 'ru_reviewed', 'published', 'discarded')),
  created_by bigint not null references people,
  created_at timestamptz not null,
  ended_at timestamptz,
  -- The version it was published in.
  module_version_id bigint references module_versions,
  check ((status in ('published', 'discarded')) = (ended_at is not null)),
  check ((status = 'published') = (module_version_id is not null))
);
create unique index drafts_live on drafts (kind, code) where ended_at is null;
create index drafts_module on drafts (module_id);
create index drafts_version on drafts (module_version_id);

-- The text as it stands: one row per language, and `all` for what is the same in every language. `revision` counts what
-- was saved: whoever saves says which one they began from. `base_hash`: of the published text the draft began from.
-- `source_hash`: of the English that a translation translates; another one means it is stale.
create table draft_parts (
  draft_id bigint not null references drafts,
  part text not null check (part ~ '^(all|[a-z]{2,3})$'),
  revision int not null check (revision > 0),
  content jsonb not null,
  base_hash text,
  source_hash text,
  saved_by bigint not null references people,
  saved_at timestamptz not null,
  primary key (draft_id, part)
);

-- What stood there before: who, when, what.
create table draft_revisions (
  draft_id bigint not null references drafts,
  part text not null,
  revision int not null,
  content jsonb not null,
  source_hash text,
  saved_by bigint not null references people,
  saved_at timestamptz not null,
  primary key (draft_id, part, revision)
);
create trigger draft_revisions_keep before update or delete on draft_revisions
  for each row execute function append_only();

-- Remarks about a passage; answers hang on the first one of their thread, which somebody resolves.
create table draft_comments (
  id bigint generated always as identity primary key,
  draft_id bigint not null references drafts,
  thread_id bigint references draft_comments,
  part text not null,
  quote text not null default '',
  body text not null,
  written_by bigint not null references people,
  written_at timestamptz not null,
  resolved_by bigint references people,
  resolved_at timestamptz,
  check ((resolved_by is null) = (resolved_at is null)),
  check (thread_id is null or (resolved_at is null and quote = ''))
);
create index draft_comments_draft on draft_comments (draft_id);
create index draft_comments_thread on draft_comments (thread_id);
