-- A mail that was written while no mail server was set up: it is read in the platform, and nothing waits to send it.
alter table mails add kept_at timestamptz;
create index mails_failed on mails (id) where failed_at is not null;
create index mails_kept on mails (id) where kept_at is not null;

-- The job of a mail is found by the mail, when it is tried again.
create index jobs_mail on jobs ((payload ->> 'mailId')) where name = 'mail.send';
