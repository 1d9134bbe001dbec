-- Two cases about one thing become one, and can be two again. A message moves to the case in which it is shown, so that everything that reads
-- a case's messages agrees; `home_id` remembers the case that it came to, which is where it goes back to. Null: the case that it lies in.
alter table message add column home_id uuid references "case" on delete set null;
create index message_home on message (home_id) where home_id is not null;
-- A merge as it happened, with what stood before: all that unmerging needs.
create table case_merge (
  id uuid primary key,
  case_id uuid not null references "case" on delete cascade,
  into_id uuid not null references "case" on delete cascade,
  at timestamptz not null,
  before jsonb not null,
  undone_at timestamptz,
  check (case_id <> into_id)
);
-- A case lies in one other at most; unmerged ones are kept for the record.
create unique index case_merge_once on case_merge (case_id) where undone_at is null;
create index case_merge_into on case_merge (into_id) where undone_at is null;
-- Messages that were taken into a case of their own, and where each had its home before.
create table case_split (
  id uuid primary key,
  case_id uuid not null references "case" on delete cascade,
  from_id uuid not null references "case" on delete cascade,
  at timestamptz not null,
  messages jsonb not null,
  undone_at timestamptz
);
create unique index case_split_once on case_split (case_id);
create index case_split_from on case_split (from_id);
