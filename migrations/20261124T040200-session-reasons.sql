-- Why a session is called off is read by everyone concerned, each in their language.
alter table sessions
  alter column canceled_reason type jsonb
    using case when canceled_reason is null then null
      else jsonb_build_object('en', canceled_reason, 'ru', canceled_reason) end,
  add check (canceled_reason ?& array['en', 'ru']);
