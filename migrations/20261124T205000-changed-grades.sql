-- Grades of assignments that were changed after they were told: few among all that were released.
create index grade_releases_changed on grade_releases (at) where reason is not null;
