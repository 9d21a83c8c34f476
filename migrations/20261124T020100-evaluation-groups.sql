-- Opinions are shown in whole groups of at least five people: a response joins the results only together with four
-- others, so that two looks at the results, before and after one person sent the form, do not tell what they said.
alter table form_responses add column released boolean not null default false;
create index form_responses_held on form_responses (training_id, form_version_id) where not released;
