-- The end of a shift as a record: what one person did with each of their open cases, for those who take over and for the lead. What a case
-- was before stands beside it, so that all of it can be taken back.
create table handover (
  id uuid primary key,
  agent_id uuid not null references agent on delete cascade,
  team_id uuid references team on delete set null,
  at timestamptz not null,
  -- When the person means to be back; null when they did not say.
  back_at timestamptz,
  -- The presence before, to be restored when it is taken back.
  presence text not null,
  note text not null default '',
  undone_at timestamptz,
  version int not null default 1
);
create index handover_recent on handover (at desc, id desc);
create index handover_of_agent on handover (agent_id, at desc, id desc);
create index handover_of_team on handover (team_id, at desc, id desc);
create table handover_case (
  handover_id uuid not null references handover on delete cascade,
  case_id uuid not null references "case" on delete cascade,
  place int not null,
  deed text not null check (deed in ('keep', 'snooze', 'queue', 'give')),
  to_agent_id uuid references agent on delete set null,
  to_queue_id uuid references queue on delete set null,
  until timestamptz,
  note text not null default '',
  -- How the case stood, in numbers and instants, when it was handed over.
  summary jsonb not null,
  -- Null when the deed was done; else the code of its refusal.
  refused text,
  -- What to go back to, and the version that the deed made: a case that went on since is not taken back.
  before jsonb,
  version_made int,
  undone text check (undone in ('done', 'movedOn')),
  primary key (handover_id, case_id)
);
create index handover_case_of_case on handover_case (case_id);
create index handover_case_to on handover_case (to_agent_id, handover_id) where to_agent_id is not null;
create index handover_case_queue on handover_case (to_queue_id) where to_queue_id is not null;
