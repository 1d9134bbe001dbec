-- Routing: how queues give their cases out, which skills are asked for, and why each case went to whom.
create table queue_routing (
  queue_id uuid primary key references queue on delete cascade,
  mode text not null default 'pull' check (mode in ('push', 'pull')),
  weights jsonb not null default '{}',
  capacity_percent int not null default 100 check (capacity_percent between 1 and 100),
  sticky_minutes int check (sticky_minutes between 0 and 10080),
  accept_minutes int check (accept_minutes between 1 and 10080),
  away_when_missed boolean not null default true,
  overflow_queue_id uuid references queue on delete set null,
  overflow_minutes int check (overflow_minutes between 1 and 43200),
  take_back text not null default 'unbegun' check (take_back in ('never', 'unbegun', 'waiting')),
  version int not null default 1,
  check (overflow_queue_id is distinct from queue_id)
);
create index queue_routing_overflow on queue_routing (overflow_queue_id) where overflow_queue_id is not null;

-- Skills that are asked for; `place` is the order in which optional ones are dropped.
create table queue_skill (
  queue_id uuid not null references queue on delete cascade, skill_id uuid not null references skill on delete cascade, level int not null check (level between 1 and 5),
  drop_after_minutes int check (drop_after_minutes between 0 and 43200), place int not null, primary key (queue_id, skill_id)
);
create index queue_skill_of on queue_skill (skill_id);
create table topic_skill (
  topic text not null references topic on delete cascade, skill_id uuid not null references skill on delete cascade, level int not null check (level between 1 and 5),
  drop_after_minutes int check (drop_after_minutes between 0 and 43200), place int not null, primary key (topic, skill_id)
);
create index topic_skill_of on topic_skill (skill_id);
create table case_skill (
  case_id uuid not null references "case" on delete cascade, skill_id uuid not null references skill on delete cascade, level int not null check (level between 1 and 5),
  drop_after_minutes int check (drop_after_minutes between 0 and 43200), place int not null, primary key (case_id, skill_id)
);
create index case_skill_of on case_skill (skill_id);

-- Since when a case lies in its queue without anybody: optional skills, owners and overflow count from there. Kept here, whichever verb it was.
alter table "case" add column queued_at timestamptz;
create function note_queued() returns trigger language plpgsql as $$
begin
  new.queued_at := case when tg_op = 'INSERT' then coalesce(new.queued_at, new.opened_at) else new.updated_at end;
  return new;
end $$;
create trigger case_queued_insert before insert on "case" for each row execute function note_queued();
create trigger case_queued_update before update on "case" for each row
  when (old.queue_id is distinct from new.queue_id or (old.assignee_id is not null and new.assignee_id is null)
    or (old.status not in ('new', 'open') and new.status in ('new', 'open')) or (old.removed is not null and new.removed is null))
  execute function note_queued();
create index case_without_anybody on "case" (queue_id, queued_at) where assignee_id is null and status in ('new', 'open') and removed is null;

-- What an agent holds grows by any verb that gives, reopens or wakes a case. Each of these holds the agent's lock with others, the router holds it
-- alone: what the router counted is still so when it commits, and nobody but the router waits for nobody.
create function hold_load() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or old.assignee_id is distinct from new.assignee_id or old.queue_id <> new.queue_id or old.snoozed_until is distinct from new.snoozed_until
    or (old.status not in ('new', 'open') and new.status in ('new', 'open')) or (old.removed is not null and new.removed is null) then
    perform pg_advisory_xact_lock_shared(73054, hashtext(new.assignee_id::text));
  end if;
  return null;
end $$;
create trigger case_load_insert after insert on "case" for each row when (new.assignee_id is not null and new.status in ('new', 'open', 'pending', 'on_hold')) execute function hold_load();
create trigger case_load_update after update on "case" for each row
  when (new.assignee_id is not null and new.status in ('new', 'open', 'pending', 'on_hold') and new.removed is null) execute function hold_load();

-- Why each case went to whom, or stays without anybody. The last ones are kept, old ones expire.
create table routing_decision (
  id uuid primary key,
  case_id uuid not null references "case" on delete cascade,
  at timestamptz not null,
  queue_id uuid not null references queue on delete cascade,
  agent_id uuid references agent on delete cascade,
  why text not null,
  -- Of the same outlook as before nothing is written: a case that nobody can take is decided every few seconds.
  outlook text not null,
  reasons jsonb not null,
  waited_ms bigint not null,
  latest boolean not null default true
);
create unique index routing_decision_latest on routing_decision (case_id) where latest;
create index routing_decision_of_case on routing_decision (case_id, at desc, id desc);
create index routing_decision_age on routing_decision (at);
create index routing_decision_of_queue on routing_decision (queue_id);
create index routing_decision_of_agent on routing_decision (agent_id);

-- When somebody was last given a case, to the microsecond: of equals the one who waits longest is next.
create table routing_turn (agent_id uuid primary key references agent on delete cascade, assigned_at timestamptz not null);
-- What was given and not begun yet.
create table routing_given (
  case_id uuid primary key references "case" on delete cascade, agent_id uuid not null references agent on delete cascade, at timestamptz not null
);
create index routing_given_to on routing_given (agent_id);
-- Who was given a case and did not react.
create table routing_missed (
  case_id uuid not null references "case" on delete cascade, agent_id uuid not null references agent on delete cascade, at timestamptz not null, primary key (case_id, agent_id)
);
create index routing_missed_by on routing_missed (agent_id);
