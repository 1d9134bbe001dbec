-- Who acts: agents, where they sit, what they can, how they sign in.
create table site (
  id uuid primary key, name text not null unique, time_zone text not null, country text not null check (country ~ '^[A-Z]{2}$'),
  archived_at timestamptz, version int not null default 1, demo boolean not null default false
);
create table team (
  id uuid primary key, name text not null unique, site_id uuid references site, archived_at timestamptz,
  version int not null default 1, demo boolean not null default false
);
create table skill (
  id uuid primary key, key text not null unique, name text not null, archived_at timestamptz,
  version int not null default 1, demo boolean not null default false
);
create table agent (
  id uuid primary key,
  name text not null,
  email text not null check (email = lower(email)),
  site_id uuid references site,
  team_id uuid references team,
  time_zone text,
  capacity int not null default 20 check (capacity between 0 and 1000),
  presence text not null default 'off' check (presence in ('available', 'busy', 'away', 'off')),
  presence_at timestamptz not null default now(),
  deactivated_at timestamptz,
  created_at timestamptz not null default now(),
  version int not null default 1,
  demo boolean not null default false
);
create unique index agent_email on agent (email);
create index agent_team on agent (team_id);
-- Lists go by name, byte by byte, as their pages do.
create index agent_name on agent (lower(name) text_pattern_ops, (id::text));
create table agent_role (
  agent_id uuid not null references agent on delete cascade,
  role text not null check (role in ('admin', 'lead', 'agent', 'analyst', 'planner', 'partner')),
  primary key (agent_id, role)
);
create table agent_skill (
  agent_id uuid not null references agent on delete cascade, skill_id uuid not null references skill, level int not null check (level between 1 and 5),
  primary key (agent_id, skill_id)
);

-- Secrets are kept as hashes; the TOTP secret, which must be read again, is encrypted with the installation's key.
create table password (agent_id uuid primary key references agent on delete cascade, hash text not null, changed_at timestamptz not null default now());
create table totp (
  agent_id uuid primary key references agent on delete cascade, secret bytea not null, confirmed_at timestamptz,
  last_step bigint not null default 0
);
create table recovery_code (agent_id uuid not null references agent on delete cascade, hash bytea not null, used_at timestamptz, primary key (agent_id, hash));
create table sign_in_link (
  id uuid primary key, hash bytea not null unique, agent_id uuid references agent on delete cascade,
  purpose text not null check (purpose in ('first', 'invite', 'reset')), issued_by text not null, issued_at timestamptz not null,
  expires_at timestamptz not null, used_at timestamptz, revoked_at timestamptz,
  -- The first administrator is made by the link, everybody else is there before it.
  check ((purpose = 'first') = (agent_id is null))
);
create index sign_in_link_of_agent on sign_in_link (agent_id) where used_at is null and revoked_at is null;
-- Somebody forgot the password: administrators see it and hand a link on.
create table reset_request (agent_id uuid primary key references agent on delete cascade, asked_at timestamptz not null);
create table session (
  id uuid primary key, hash bytea not null unique, agent_id uuid not null references agent on delete cascade,
  method text not null, created_at timestamptz not null, last_seen_at timestamptz not null, expires_at timestamptz not null,
  revoked_at timestamptz, address text, browser text
);
create index session_of_agent on session (agent_id) where revoked_at is null;
create index session_age on session (last_seen_at);
-- A token acts for itself: it keeps its roles when whoever made it leaves.
create table api_token (
  id uuid primary key, name text not null, hash bytea not null unique, roles text[] not null,
  created_by text not null, created_at timestamptz not null default now(), last_used_at timestamptz, expires_at timestamptz, revoked_at timestamptz
);
-- Who somebody is at the company's own sign-in (OpenID Connect).
create table identity (issuer text not null, subject text not null, agent_id uuid not null references agent on delete cascade, primary key (issuer, subject));
-- Attempts to sign in, by address of the sender and by name, so that guessing is slow on every instance alike. A bucket is a keyed hash:
-- whom somebody tried to be, and from where, cannot be read here.
create table sign_in_attempt (id uuid primary key, bucket bytea not null, at timestamptz not null);
create index sign_in_attempt_recent on sign_in_attempt (bucket, at);
create index sign_in_attempt_age on sign_in_attempt (at);
