-- Rules act on cases by themselves, on an event or after a time. What a rule says is kept edition by edition, so that the log of what it did names
-- what it said then; a rule acts once for one cause on one case, however often the job for it runs.
create table rule (
  id uuid primary key, name text not null, position int not null, active boolean not null default false,
  -- Since when it has been active: a rule after a time looks at what comes due from then on.
  active_since timestamptz, edition int not null, archived_at timestamptz, created_at timestamptz not null, version int not null default 1, demo boolean not null default false
);
create index rule_order on rule (position, id) where archived_at is null;
create table rule_edition (
  rule_id uuid not null references rule on delete cascade, edition int not null,
  -- {on: [happening]}, or {after: minutes, since: instant}.
  trigger jsonb not null, condition text not null, actions jsonb not null,
  -- When it has acted, the rules behind it do not.
  last boolean not null default false, by_actor text not null, at timestamptz not null, primary key (rule_id, edition)
);
create table rule_run (
  rule_id uuid not null references rule on delete cascade, case_id uuid not null references "case" on delete cascade, cause text not null, edition int not null,
  at timestamptz not null, outcome text not null check (outcome in ('applied', 'unchanged', 'refused', 'looped')), changes jsonb not null default '[]', refusal text,
  primary key (rule_id, case_id, cause)
);
create index rule_run_recent on rule_run (rule_id, at desc, case_id);
create index rule_run_age on rule_run (at);
create index rule_run_case on rule_run (case_id);
-- A rule tried on what happened, without doing anything.
create table rule_trial (
  id uuid primary key, rule_id uuid references rule on delete cascade, asked_by uuid, barred uuid[] not null default '{}', definition jsonb not null, days int not null, at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')), looked int not null default 0, total int, result jsonb, ended_at timestamptz
);
create index rule_trial_age on rule_trial (at);
