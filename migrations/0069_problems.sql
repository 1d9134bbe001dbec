-- One update of a problem goes to all its incidents, each to its own customer. The run and what became of it at each case are rows, so that it
-- goes on after a restart and can be looked at and taken back.
create table problem_update (
  id uuid primary key,
  case_id uuid not null references "case" on delete cascade,
  body text not null,
  status text check (status in ('open', 'pending', 'on_hold', 'solved')),
  agent_id uuid references agent on delete set null,
  by_name text not null,
  at timestamptz not null,
  undone_at timestamptz
);
create index problem_update_of on problem_update (case_id, at desc);
create table problem_update_item (
  update_id uuid not null references problem_update on delete cascade,
  case_id uuid not null references "case" on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'refused', 'recalled', 'gone')),
  message_id uuid references message on delete set null,
  -- The code of the refusal.
  code text,
  settled_at timestamptz,
  primary key (update_id, case_id)
);
create index problem_update_waiting on problem_update_item (update_id) where state = 'waiting';
create index problem_update_item_of on problem_update_item (case_id);
