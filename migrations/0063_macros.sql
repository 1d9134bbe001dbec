-- The same answers and the same steps are given all day: texts by a short name (snippets) and lists of actions (macros), each for oneself, a
-- team or everybody. What one said when it was used stays readable: versions are kept, and a case holds the text that went out.
create table macro (
  id uuid primary key,
  kind text not null check (kind in ('snippet', 'macro')),
  -- Written after a slash: one word.
  name text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  title text not null,
  folder text not null default '',
  scope text not null check (scope in ('mine', 'team', 'everybody')),
  owner_id uuid references agent on delete cascade,
  team_id uuid references team on delete cascade,
  -- Where it fits best and is offered first; empty: everywhere alike.
  topics text[] not null default '{}',
  queue_ids uuid[] not null default '{}',
  -- A snippet is one reply; a macro any list of actions.
  actions jsonb not null,
  archived_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by uuid references agent on delete set null,
  demo boolean not null default false,
  check ((scope = 'mine') = (owner_id is not null)), check ((scope = 'team') = (team_id is not null))
);
-- One name means one thing to those who can use it.
create unique index macro_name on macro (name, coalesce(owner_id, team_id, '00000000-0000-0000-0000-000000000000'::uuid)) where archived_at is null;
create index macro_owner on macro (owner_id) where owner_id is not null;
create index macro_team on macro (team_id) where team_id is not null;
create table macro_version (
  macro_id uuid not null references macro on delete cascade, version int not null, title text not null, actions jsonb not null,
  at timestamptz not null, by_agent uuid references agent on delete set null, primary key (macro_id, version)
);
-- Uses of the last weeks, so that a case that is reopened is counted for what was used in it; older ones are dropped.
create table macro_use (
  macro_id uuid not null references macro on delete cascade, case_id uuid not null references "case" on delete cascade, agent_id uuid references agent on delete set null,
  at timestamptz not null, reopened boolean not null default false, primary key (case_id, macro_id, at)
);
create index macro_use_age on macro_use (at);
create index macro_use_of on macro_use (macro_id);
create index macro_use_agent on macro_use (agent_id);
-- What they come to, a day and a person: kept up by one who reads the log, so that looking costs the same after years.
create table macro_day (
  macro_id uuid not null references macro on delete cascade, day date not null, agent_id uuid not null references agent on delete cascade,
  uses int not null default 0, reopened int not null default 0, primary key (macro_id, day, agent_id)
);
create index macro_day_agent on macro_day (agent_id);
