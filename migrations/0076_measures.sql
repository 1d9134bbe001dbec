-- What measures count. Each row is one moment of a case that counts: an arrival, a reply, a solve, an SLA target that was decided. The rows of a
-- case are a function of its facts (src/insights/measuring): a follower of the log keeps them up, and a job can make all of them anew. They are kept
-- because a figure over a quarter must read the moments of that quarter by index, and never walk the log.
-- They go with their case. Queues, teams, agents and topics are written down as they were, like in the log: whoever takes one of those away does not
-- have to look through all that was ever measured, and a figure of last year stays what it was.
create table measured (
  case_number bigint not null references "case" (number) on delete cascade,
  moment text not null check (moment ~ '^[a-z][A-Za-z]*$'),
  -- The how-manieth of its kind in its case, from 1.
  turn int not null,
  at timestamptz not null,
  -- From what began to what ended, by the calendar and in the business hours of the team's site; null where nothing is timed.
  ms bigint check (ms >= 0),
  business_ms bigint check (business_ms >= 0),
  -- What a share counts: reopened, solved with one touch, met. Null where no share is made of it.
  hit boolean,
  -- As they were at the moment.
  queue_id uuid not null,
  team_id uuid,
  agent_id uuid,
  -- As the case has them now: they say what the case is, which often shows only later.
  topic text,
  account_id uuid,
  channel text not null,
  priority text not null,
  -- The queue in which the case lies now: walls are drawn by it.
  space_id uuid not null,
  primary key (case_number, moment, turn)
);
create index measured_when on measured (moment, at);

-- While a case was unsolved: one row a span, so that the backlog of any instant is found by index. A span without an end is going on.
create table measured_backlog (
  case_number bigint not null references "case" (number) on delete cascade,
  turn int not null,
  opened_at timestamptz not null,
  span tstzrange not null,
  -- As they were at the end of the span, or are now.
  queue_id uuid not null,
  team_id uuid,
  agent_id uuid,
  topic text,
  account_id uuid,
  channel text not null,
  priority text not null,
  space_id uuid not null,
  primary key (case_number, turn)
);
create index measured_backlog_at on measured_backlog using gist (span);

-- How far the moments have been made from the log, by which version of the measures' definitions. One row.
create table measured_build (
  single boolean primary key default true check (single),
  -- The version that is whole; 0 before the first time.
  built int not null default 0,
  -- The version that is being made, and up to which case; null when none is.
  building int,
  upto bigint not null default 0,
  at timestamptz
);
insert into measured_build default values;
