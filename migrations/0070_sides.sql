-- Side conversations: what we ask of colleagues elsewhere and of outside partners, inside a case. They have tables of their own, so that no
-- statement that reads a case's messages or participants can ever take one for the customer's.
create table side (
  id uuid primary key,
  case_id uuid not null references "case" on delete cascade,
  -- The case that it was begun in, while that one is merged into another.
  home_id uuid references "case" on delete set null,
  subject text not null,
  status text not null default 'waiting' check (status in ('open', 'waiting', 'done')),
  agent_id uuid references agent on delete set null,
  opened_at timestamptz not null,
  last_at timestamptz not null,
  -- Since when we wait for them.
  asked_at timestamptz,
  due_at timestamptz,
  overdue_at timestamptz,
  version int not null default 1
);
create index side_of_case on side (case_id, opened_at);
create index side_home on side (home_id) where home_id is not null;
-- What waits is a small part: looked through by the clock and by the list of what waits for partners.
create index side_waiting on side (coalesce(due_at, 'infinity'::timestamptz), id) where status <> 'done';
create index side_due on side (due_at) where status = 'waiting' and overdue_at is null and due_at is not null;
create table side_party (
  id uuid primary key,
  side_id uuid not null references side on delete cascade,
  address text not null,
  name text not null default '',
  -- The unguessable part of the address that this party answers to.
  reply_token text not null unique,
  unique (side_id, address)
);
create table side_message (
  id uuid primary key,
  side_id uuid not null references side on delete cascade,
  direction text not null check (direction in ('in', 'out')),
  -- What somebody sent who was not asked waits for a decision.
  standing text not null default 'accepted' check (standing in ('accepted', 'suggested', 'declined')),
  agent_id uuid references agent on delete set null,
  from_address text,
  from_name text not null default '',
  text text not null,
  quoted_text text,
  html text,
  at timestamptz not null,
  internet_id text,
  automatic text,
  delivery text check (delivery in ('waiting', 'queued', 'sent', 'uncertain', 'failed', 'recalled', 'bounced')),
  send_at timestamptz,
  undo jsonb,
  raw_mail_id uuid
);
create index side_message_of on side_message (side_id, at, id);
create index side_message_internet_id on side_message (internet_id) where internet_id is not null;
-- Files of side conversations lie with the others: behind the same walls, masked in the same way.
alter table attachment add column side_message_id uuid references side_message on delete cascade;
create index attachment_of_side on attachment (side_message_id) where side_message_id is not null;
drop index attachment_loose;
create index attachment_loose on attachment (added_at) where message_id is null and draft_id is null and side_message_id is null;
-- They leave by the same machinery, exactly once.
alter table outgoing_mail alter column message_id drop not null;
alter table outgoing_mail add column side_message_id uuid references side_message on delete cascade;
alter table outgoing_mail add constraint outgoing_mail_of_one check (num_nonnulls(message_id, side_message_id) = 1);
create index outgoing_mail_of_side on outgoing_mail (side_message_id) where side_message_id is not null;
-- Whom we ask again and again: banks, carriers, the back office.
create table partner (
  id uuid primary key,
  name text not null,
  address text not null unique,
  note text not null default '',
  -- How long they usually may take, in hours.
  due_hours int check (due_hours between 1 and 8760),
  archived_at timestamptz,
  version int not null default 1,
  demo boolean not null default false
);
