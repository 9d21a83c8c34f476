-- A State's home counts only who lets it see them.
create index people_seen_by_state on people (country) where ministry_may_see and erased_at is null;
