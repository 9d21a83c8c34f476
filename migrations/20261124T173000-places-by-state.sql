-- A State's home shows the latest places of its people: they are found from the newest on, State by State.
create index enrollments_country on enrollments (country, id);
