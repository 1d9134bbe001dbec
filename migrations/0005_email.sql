-- Mail on the wire: what came in, as it came (card numbers masked), and what goes out, exactly once.
create table mailbox (
  id uuid primary key, address text not null unique check (address = lower(address)), name text not null default '',
  queue_id uuid references queue, standard boolean not null default false,
  imap jsonb, imap_secret bytea, archived_at timestamptz, demo boolean not null default false
);
create unique index mailbox_standard on mailbox (standard) where standard;
create table raw_mail (
  id uuid primary key,
  mailbox_id uuid references mailbox,
  way text not null check (way in ('smtp', 'lmtp', 'imap', 'http')),
  envelope_from text,
  envelope_to text[] not null,
  received_at timestamptz not null,
  internet_id text,
  -- Over everything but the trace headers that each hop adds, of the mail as it came.
  fingerprint bytea not null,
  content bytea not null,
  size int not null,
  masked_cards int not null default 0,
  state text not null default 'received' check (state in ('received', 'done', 'failed', 'quarantined', 'discarded')),
  -- What became of it: {became: case|reply|followUp|suggestion|bounce|loop|…, reasons}.
  outcome jsonb,
  case_number bigint,
  message_id uuid,
  error text,
  settled_at timestamptz
);
create unique index raw_mail_once on raw_mail (mailbox_id, coalesce(internet_id, ''), fingerprint) nulls not distinct;
create index raw_mail_open on raw_mail (received_at) where state in ('received', 'failed', 'quarantined');
create table imap_position (mailbox_id uuid not null references mailbox, folder text not null, uid_validity bigint not null, uid bigint not null, primary key (mailbox_id, folder));
create table imap_taken (mailbox_id uuid not null references mailbox, folder text not null, uid_validity bigint not null, uid bigint not null, raw_mail_id uuid, primary key (mailbox_id, folder, uid_validity, uid));

create table outgoing_mail (
  id uuid primary key,
  message_id uuid not null references message,
  internet_id text not null unique,
  envelope_from text not null,
  envelope_to text[] not null,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'uncertain', 'failed', 'recalled')),
  not_before timestamptz not null,
  attempts int not null default 0,
  last_error text,
  response text,
  sent_at timestamptz,
  local boolean not null default false,
  created_at timestamptz not null
);
create index outgoing_mail_open on outgoing_mail (not_before) where state in ('waiting', 'sending', 'uncertain');
create index outgoing_mail_recent on outgoing_mail (created_at desc);
create index outgoing_mail_of_message on outgoing_mail (message_id);
create table bounce (
  id uuid primary key, outgoing_mail_id uuid references outgoing_mail, address text not null, outcome text not null check (outcome in ('hard', 'soft', 'delayed')),
  status text, diagnostic text, raw_mail_id uuid references raw_mail, at timestamptz not null
);
create index bounce_of on bounce (outgoing_mail_id);
create table address_hold (address text primary key, bounce_id uuid references bounce, held_at timestamptz not null, released_at timestamptz, released_by text);
-- Senders that wrote faster than people do; their mail waits in the quarantine until somebody looks.
create table sender_arrival (address text not null, at timestamptz not null, raw_mail_id uuid not null);
create index sender_arrival_recent on sender_arrival (address, at);
create table sender_breaker (address text primary key, tripped_at timestamptz not null, reason text not null, released_at timestamptz, released_by text);
