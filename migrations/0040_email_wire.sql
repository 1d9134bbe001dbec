-- Mailboxes are changed by people, so they carry a version; the one that the program made itself takes mail to any address until a
-- person sets one up. What an IMAP connection last said stands beside it, so that the settings can show it on every instance.
alter table mailbox
  add column version int not null default 1,
  add column made_by_program boolean not null default false,
  add column imap_status jsonb;
-- The breaker also counts equal subjects; of a subject only its hash is kept. One arrival a mail, however often its job runs.
alter table sender_arrival add column subject_hash bytea;
create unique index sender_arrival_once on sender_arrival (raw_mail_id);
create index sender_arrival_age on sender_arrival (at);
-- The list of raw mails, newest first, and what of one sender waits in the quarantine.
create index raw_mail_recent on raw_mail (received_at desc, id desc);
create index raw_mail_held on raw_mail ((outcome ->> 'sender')) where state = 'quarantined';
