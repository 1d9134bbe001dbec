-- Many cases are changed in one go: a run is frozen when it begins (which cases, in which version they were seen), worked off in small units of
-- work, one a case, and every case has its own result, with what was changed, so that the run can be undone where nobody has changed it since.
create table bulk_run (
  id uuid primary key,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  -- What a token may; an agent's are looked up anew, since they may have changed by the time the run goes on.
  actor_roles text[] not null,
  agent_id uuid references agent on delete cascade,
  actions jsonb not null,
  -- The query whose cases they are; null when each was chosen.
  query text,
  undo_of uuid references bulk_run on delete cascade,
  total int not null,
  begun_at timestamptz not null,
  cancelled_at timestamptz,
  finished_at timestamptz,
  demo boolean not null default false
);
create index bulk_run_of on bulk_run (agent_id, begun_at desc);
create index bulk_run_newest on bulk_run (begun_at desc, id desc);
create index bulk_run_undone on bulk_run (undo_of) where undo_of is not null;
create index bulk_run_working on bulk_run (begun_at) where finished_at is null;
create table bulk_item (
  run_id uuid not null references bulk_run on delete cascade,
  place int not null,
  case_id uuid not null references "case" on delete cascade,
  -- The version that was looked at, for cases that were chosen one by one.
  version_seen int,
  -- The newest message when the run was frozen: a reply does not go out over a newer one.
  seen_message_id uuid,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'same', 'refused', 'failed', 'cancelled')),
  code text,
  -- From what to what, field by field, as ids and words; what could not be undone, and why.
  changes jsonb,
  kept jsonb,
  at timestamptz,
  primary key (run_id, place)
);
create index bulk_item_waiting on bulk_item (run_id, place) where state = 'waiting';
create index bulk_item_state on bulk_item (run_id, state, place);
create index bulk_item_case on bulk_item (case_id);
