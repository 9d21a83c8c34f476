-- Requests of several States: each one's part has a life of its own, files stand beside the form, looks are written down.

alter table request_states
  add id bigint generated always as identity unique,
  add status text,
  -- What the lead State wrote to this State with the invitation.
  add note text check (char_length(note) between 1 and 2000);
update request_states set status = case when joined_at is null then 'invited' else 'joined' end;
alter table request_states
  alter status set not null,
  add constraint request_states_status check (status in ('invited', 'joined', 'declined', 'left', 'withdrawn')),
  add constraint request_states_joined check ((status = 'joined') = (joined_at is not null)),
  add constraint request_states_sent check (sent_at is null or joined_at is not null);

-- A look is one at a person or at a request; `state` is in whose name, empty where the Center looked at a request.
alter table access_entries
  alter person_id drop not null,
  add request_id bigint references requests on delete cascade,
  add constraint access_entries_about check (num_nonnulls(person_id, request_id) = 1);
create index access_entries_request on access_entries (request_id, id) where request_id is not null;
