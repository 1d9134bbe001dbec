-- The promises of cases, and how they went. All rows of a case are a function of its facts (src/desk/sla/recompute.ts), so what is shown can be proven.
-- Versions of policies and calendars are written down without a reference: what was promised stays true when a policy is taken away.
create table sla_case (
  case_id uuid primary key references "case" on delete cascade,
  -- The last instant that was settled; it never goes back.
  at timestamptz not null,
  -- With which state of the rules (sla_rules.stamp) the case was compared.
  stamp bigint not null,
  policy_version uuid,
  calendar_version uuid,
  priority text,
  segment text,
  status text not null,
  suspended text check (suspended in ('removed', 'merged')),
  -- The customer wrote and nobody has answered.
  waiting boolean not null,
  replied boolean not null
);
-- One row a case and metric: the round that is going on, or the last one.
create table sla_clock (
  case_id uuid not null references "case" on delete cascade,
  metric text not null check (metric in ('firstReply', 'nextReply', 'resolution')),
  state text not null check (state in ('running', 'paused', 'breached', 'met', 'cancelled')),
  policy_version uuid not null,
  -- Null: every hour counts.
  calendar_version uuid,
  target_ms bigint not null check (target_ms > 0),
  started_at timestamptz not null,
  -- Business time up to running_since, or up to the end or the pause.
  consumed_ms bigint not null,
  running_since timestamptz,
  -- Null while nothing can come due: paused, met, cancelled.
  due_at timestamptz,
  -- When the clock has something to say by itself: the warning, then the breach.
  next_at timestamptz,
  paused_for text check (paused_for in ('pending', 'on_hold', 'removed', 'merged')),
  warned_at timestamptz,
  breached_at timestamptz,
  met_at timestamptz,
  -- The message by which it was met, so that taking that back takes this back.
  met_by uuid,
  primary key (case_id, metric)
);
create index sla_clock_next on sla_clock (next_at) where next_at is not null;

-- The ledger: every activation, pause, fulfilment and breach, in the order in which they were settled. Nothing in it is ever changed.
create sequence sla_entry_id;
create table sla_entry (
  id bigint primary key default nextval('sla_entry_id'),
  case_id uuid not null references "case" on delete cascade,
  metric text not null,
  what text not null check (what in ('activated', 'paused', 'resumed', 'applied', 'fulfilled', 'reopened', 'breached', 'cancelled')),
  -- When it was so, and when it was written down: a breach that was noticed late stands at the instant at which it was one.
  at timestamptz not null,
  noted_at timestamptz not null,
  consumed_ms bigint not null,
  due_at timestamptz,
  policy_version uuid not null,
  why text not null
);
create index sla_entry_of_case on sla_entry (case_id, id);
create trigger sla_entry_kept before update on sla_entry for each row execute function refuse_another_text();
revoke update on sla_entry from meridian_app;
