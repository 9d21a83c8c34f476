-- What waits to be marked is few, what was ever handed in is many; and a State's home counts only who lets it see them.
create index submissions_waiting on submissions (assessment_id, enrollment_id) where status = 'handed_in';
create index people_seen_by_state on people (country) where ministry_may_see and erased_at is null;
