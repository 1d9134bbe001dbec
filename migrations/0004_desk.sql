-- The promise to the customer: cases, their messages and what is done with them.
create table queue (
  id uuid primary key, key text not null unique, name text not null, description text not null default '',
  -- Only members of the queue's teams (and administrators) see cases in a walled queue.
  walled boolean not null default false,
  standard boolean not null default false,
  archived_at timestamptz
);
create unique index queue_standard on queue (standard) where standard;
-- What fits nowhere else goes here, from the first mail on.
insert into queue (id, key, name, description, standard) values (gen_random_uuid(), 'general', 'General', 'What fits nowhere else', true);
create table queue_team (queue_id uuid not null references queue, team_id uuid not null references team, primary key (queue_id, team_id));
create table topic (key text primary key, title text not null, queue_id uuid references queue, archived_at timestamptz);

create sequence case_number start 10001;
create table "case" (
  id uuid primary key,
  number bigint not null unique default nextval('case_number'),
  subject text not null,
  status text not null default 'new' check (status in ('new', 'open', 'pending', 'on_hold', 'solved', 'closed')),
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  kind text not null default 'question' check (kind in ('question', 'incident', 'problem', 'request')),
  channel text not null,
  mailbox_id uuid,
  queue_id uuid not null references queue,
  team_id uuid references team,
  assignee_id uuid references agent,
  account_id uuid references account,
  customer_id uuid not null references customer,
  topic text references topic,
  follow_up_of uuid references "case",
  merged_into uuid references "case",
  parent_id uuid references "case",
  opened_at timestamptz not null,
  updated_at timestamptz not null,
  status_at timestamptz not null,
  last_message_at timestamptz not null,
  waiting_since timestamptz,
  first_replied_at timestamptz,
  solved_at timestamptz,
  closed_at timestamptz,
  due_at timestamptz,
  reopens int not null default 0,
  replies int not null default 0,
  removed text check (removed in ('spam', 'trash')),
  removed_at timestamptz,
  version int not null default 1,
  demo boolean not null default false
) with (fillfactor = 85);
-- Work at hand is a small part of all cases: its indexes hold only that part, so their cost does not grow with the years.
create index case_queue on "case" (queue_id, last_message_at desc) where status in ('new', 'open', 'pending', 'on_hold') and removed is null;
create index case_assignee on "case" (assignee_id, last_message_at desc) where status in ('new', 'open', 'pending', 'on_hold') and removed is null;
create index case_team on "case" (team_id, last_message_at desc) where status in ('new', 'open', 'pending', 'on_hold') and removed is null;
create index case_at_hand on "case" (opened_at, id) where status in ('new', 'open', 'pending', 'on_hold') and removed is null;
create index case_to_close on "case" (solved_at) where status = 'solved';
create index case_removed on "case" (removed_at desc) where removed is not null;
-- One for each order of a list, so that a page costs its length; what is missing comes last.
create index case_opened on "case" (opened_at desc, id desc);
create index case_active on "case" (last_message_at desc, id desc);
create index case_due on "case" (coalesce(due_at, 'infinity'::timestamptz), id);
create index case_waiting on "case" (coalesce(waiting_since, 'infinity'::timestamptz), id);
create index case_assignee_all on "case" (assignee_id, opened_at desc, id desc);
create index case_queue_all on "case" (queue_id, opened_at desc, id desc);
create index case_of_account on "case" (account_id, opened_at desc, id desc);
create index case_of_customer on "case" (customer_id, opened_at desc, id desc);
create index case_follow_up on "case" (follow_up_of) where follow_up_of is not null;
create index case_subject_words on "case" using gin (to_tsvector('simple', subject));

create table participant (
  id uuid primary key,
  case_id uuid not null references "case",
  customer_id uuid not null references customer,
  address text not null,
  role text not null check (role in ('customer', 'cc')),
  -- The unguessable part of the address that this person answers to.
  reply_token text not null unique,
  added_at timestamptz not null,
  dropped_at timestamptz
);
create unique index participant_once on participant (case_id, address);
create index participant_address on participant (address text_pattern_ops, case_id);

-- The order in which messages join: given while their case is locked, so that a reader has seen all that come before one.
create sequence message_place;
create table message (
  id uuid primary key,
  case_id uuid not null references "case",
  direction text not null check (direction in ('in', 'out')),
  visibility text not null check (visibility in ('public', 'note')),
  -- A message whose sender is no participant waits as suggested; declined ones moved to a case of their own.
  standing text not null default 'accepted' check (standing in ('accepted', 'suggested', 'declined')),
  author_kind text not null,
  author_id uuid,
  from_address text,
  from_name text not null default '',
  subject text not null default '',
  text text not null,
  quoted_text text,
  signature_text text,
  html text,
  at timestamptz not null,
  channel text not null,
  -- RFC 5322 Message-ID with its brackets, fixed before the first try to send.
  internet_id text,
  in_reply_to text[] not null default '{}',
  -- Why this message is in this case: {rule, evidence}.
  joined jsonb,
  automatic text,
  masked_cards int not null default 0,
  delivery text check (delivery in ('waiting', 'queued', 'sent', 'uncertain', 'failed', 'recalled', 'bounced')),
  send_at timestamptz,
  -- What the reply changed about its case, so that taking it back restores exactly that.
  undo jsonb,
  raw_mail_id uuid,
  place bigint not null default nextval('message_place')
);
create index message_of_case on message (case_id, at, id);
create index message_internet_id on message (internet_id) where internet_id is not null;
create index message_suggested on message (case_id) where standing = 'suggested';
create index message_troubled on message (at) where delivery in ('uncertain', 'failed', 'bounced');
create table message_recipient (
  message_id uuid not null references message, address text not null, name text not null default '', kind text not null check (kind in ('to', 'cc')),
  primary key (message_id, address)
);
create table mention (
  message_id uuid not null references message, agent_id uuid not null references agent, case_id uuid not null references "case",
  at timestamptz not null, seen_at timestamptz, primary key (message_id, agent_id)
);
create index mention_of_agent on mention (agent_id, at desc);
create table draft (
  id uuid primary key, case_id uuid not null references "case", agent_id uuid not null references agent,
  visibility text not null check (visibility in ('public', 'note')), body text not null,
  -- Null: everybody on the case is in copy.
  cc text[],
  seen_message_id uuid, updated_at timestamptz not null, version int not null default 1,
  unique (case_id, agent_id, visibility)
);
create index draft_of_agent on draft (agent_id, updated_at desc);
create table attachment (
  id uuid primary key, message_id uuid references message, case_id uuid references "case", draft_id uuid references draft on delete set null, sha256 text not null references file,
  name text not null, type text not null, size bigint not null, inline boolean not null default false, content_id text,
  added_at timestamptz not null, added_by text not null
);
create index attachment_of_message on attachment (message_id);
create index attachment_of_draft on attachment (draft_id) where draft_id is not null;
-- Uploads that nothing has taken yet.
create index attachment_loose on attachment (added_at) where message_id is null and draft_id is null;
create table case_tag (case_id uuid not null references "case", tag text not null check (tag ~ '^[^\s,]{1,60}$'), primary key (case_id, tag));
create index case_tag_of on case_tag (tag text_pattern_ops, case_id);
create table case_link (
  case_id uuid not null references "case", other_id uuid not null references "case", kind text not null check (kind in ('related', 'duplicate', 'problem')),
  at timestamptz not null, primary key (case_id, other_id, kind), check (case_id <> other_id)
);
create table case_seen (case_id uuid not null references "case", agent_id uuid not null references agent, message_id uuid, at timestamptz not null, primary key (case_id, agent_id));
