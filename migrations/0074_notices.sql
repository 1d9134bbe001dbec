-- What people are told of and how: who watches a case, notices in the program, the digest by mail.
--
-- Who follows a case beside its assignee. `left` keeps the rules from bringing back somebody who went; `muted` silences everything about the
-- case but what names the person.
create table case_watch (
  case_id uuid not null references "case" on delete cascade,
  agent_id uuid not null references agent on delete cascade,
  state text not null check (state in ('watching', 'left', 'muted')),
  how text not null check (how in ('hand', 'note', 'mention')),
  at timestamptz not null,
  primary key (case_id, agent_id)
);
create index case_watch_of_agent on case_watch (agent_id, at desc, case_id) where state = 'watching';

-- A mention by way of a team says which.
alter table mention add column team_id uuid references team on delete set null;
create index mention_of_team on mention (team_id) where team_id is not null;

-- What each person has chosen. A person without a row has the standard choices; `ways` holds only kinds that differ from them.
create table notice_setting (
  agent_id uuid primary key references agent on delete cascade,
  ways jsonb not null default '{}',
  digest text not null default 'off' check (digest in ('off', 'hourly', 'fourHourly', 'daily')),
  -- The hour of the daily digest, and the quiet hours in minutes of the day, all in the person's own zone.
  digest_hour int not null default 8 check (digest_hour between 0 and 23),
  quiet_from int check (quiet_from between 0 and 1439),
  quiet_to int check (quiet_to between 0 and 1439),
  mail_while_here boolean not null default false,
  mail_words boolean not null default false,
  watch_on_note boolean not null default true,
  watch_on_mention boolean not null default true,
  -- When the next digest is due; null while there is none. And up to when the last one told.
  digest_at timestamptz,
  digest_told_at timestamptz,
  version int not null default 1,
  check ((quiet_from is null) = (quiet_to is null)),
  check ((digest = 'off') = (digest_at is null))
);
create index notice_digest_due on notice_setting (digest_at) where digest_at is not null;

-- One row says all that is unread about one thing (`subject`: a case, a bulk run) of one kind to one person, and counts what it stands for:
-- the unique index keeps floods out, whatever the program does.
create table notice (
  id uuid primary key,
  agent_id uuid not null references agent on delete cascade,
  case_id uuid references "case" on delete cascade,
  kind text not null,
  subject text not null,
  count int not null default 1,
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- Who did the newest of it.
  actor_kind text not null,
  actor_id text,
  data jsonb not null default '{}',
  -- By which ways it is told.
  in_app boolean not null,
  by_mail boolean not null,
  read_at timestamptz,
  done_at timestamptz
) with (fillfactor = 80);
create unique index notice_unread on notice (agent_id, kind, subject) where read_at is null and done_at is null;
create index notice_of_agent on notice (agent_id, last_at desc, id desc) where done_at is null and in_app;
create index notice_to_mail on notice (agent_id, last_at) where by_mail and read_at is null and done_at is null;
create index notice_of_case on notice (case_id, agent_id) where case_id is not null;
create index notice_age on notice (last_at);

-- Mail of the program to the people who work here, apart from mail to customers: its text stands still, a lease says who sends it, and what
-- may have arrived is not sent again. `key` says what it is for: a second mail for the same thing is none.
create table posted_mail (
  id uuid primary key,
  key text not null unique,
  agent_id uuid not null references agent on delete cascade,
  internet_id text not null unique,
  address text not null,
  name text not null,
  subject text not null,
  text text not null,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'uncertain', 'failed')),
  attempts int not null default 0,
  next_at timestamptz,
  lease uuid,
  lease_until timestamptz,
  problem text,
  local boolean not null default false,
  created_at timestamptz not null,
  settled_at timestamptz,
  check ((state = 'sending') = (lease is not null))
);
create index posted_mail_of_agent on posted_mail (agent_id);
create index posted_mail_open on posted_mail (coalesce(next_at, lease_until)) where state in ('waiting', 'sending');
create index posted_mail_age on posted_mail (created_at);
