-- The ground: the limited role, the log of facts, the answers kept for Idempotency-Key.
--
-- Two roles, so that a fault in the program cannot rewrite history: whoever migrates owns the tables; the program works as
-- meridian_app, which may insert into the log and read it, and nothing else. A trigger says the same to the owner.
do $$ begin
  if not exists (select from pg_roles where rolname = 'meridian_app') then create role meridian_app nologin; end if;
  if not pg_has_role(current_user, 'meridian_app', 'member') then execute format('grant meridian_app to %I', current_user); end if;
end $$;
grant usage on schema public to meridian_app;
alter default privileges in schema public grant select, insert, update, delete on tables to meridian_app;
alter default privileges in schema public grant usage, select on sequences to meridian_app;

-- One row a fact. Partitioned by month, so that old months can be moved to slower disks or be archived whole.
create sequence event_id;
create table event (
  id bigint not null default nextval('event_id'),
  at timestamptz not null,
  room text not null,
  kind text not null check (kind ~ '^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$'),
  case_number bigint,
  subject text,
  actor_kind text not null,
  actor_id text,
  data jsonb not null default '{}',
  primary key (id, at)
) partition by range (at);
create index event_of_case on event (case_number, id) where case_number is not null;
create index event_of_subject on event (subject, id) where subject is not null;
create table event_elsewhen partition of event default;

-- Facts that are committed and not yet sealed. Written in the fact's own transaction and emptied by the sealer, so the sealer sees
-- exactly the committed ones: no gap under concurrent writers, and a long transaction elsewhere delays nobody.
create table event_unsealed (event_id bigint not null, at timestamptz not null)
  with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

-- The chain: position gives the order in which everybody reads the log, hash = sha256(previous hash, the fact's canonical text).
create table event_seal (
  position bigint primary key,
  event_id bigint not null unique,
  event_at timestamptz not null,
  hash bytea not null
);
-- The end of the chain, so that a tail that was cut off shows. One row.
create table log_head (single boolean primary key default true check (single), position bigint not null, hash bytea not null);
insert into log_head values (true, 0, '\x');

create function refuse_rewriting() returns trigger language plpgsql as $$
begin raise exception 'the log of facts is append-only' using errcode = 'insufficient_privilege'; end $$;
create trigger event_append_only before update or delete on event for each row execute function refuse_rewriting();
create trigger event_no_truncate before truncate on event for each statement execute function refuse_rewriting();
create trigger event_seal_append_only before update or delete on event_seal for each row execute function refuse_rewriting();
create trigger event_seal_no_truncate before truncate on event_seal for each statement execute function refuse_rewriting();
revoke update, delete, truncate on event, event_seal, event_elsewhen from meridian_app;

-- Partitions are made by the owner; the program asks for them by name of month only. It waits a moment at most for its lock on the log,
-- since everybody who writes would wait behind it. Facts of a month that came before its partition keep lying in event_elsewhen, and so do
-- those that follow: the log is not rewritten to move them.
create function event_month(month date) returns void language plpgsql security definer set search_path = pg_catalog, public set lock_timeout = '2s' as $$
declare first date := date_trunc('month', month); name text := 'event_' || to_char(first, 'YYYY_MM');
begin
  if to_regclass('public.' || name) is not null then return; end if;
  perform pg_advisory_xact_lock(73021);
  if to_regclass('public.' || name) is not null then return; end if;
  execute format('create table public.%I partition of public.event for values from (%L) to (%L)', name,
    first::timestamp at time zone 'UTC', (first + interval '1 month')::timestamp at time zone 'UTC');
  execute format('revoke update, delete, truncate on public.%I from meridian_app', name);
exception when check_violation then null;
end $$;
revoke execute on function event_month(date) from public;
grant execute on function event_month(date) to meridian_app;
select event_month((date_trunc('month', now()) + make_interval(months => m))::date) from generate_series(-3, 3) m;

-- The same key gives the same answer, also after a restart: written in the verb's own transaction.
create table idempotency (
  actor text not null,
  key text not null,
  request bytea not null,
  status int not null,
  headers jsonb not null,
  body jsonb,
  at timestamptz not null default now(),
  primary key (actor, key)
);
create index idempotency_age on idempotency (at);

-- Contents of attachments lie on disk under their own hash; the row says that the disk has it.
create table file (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null,
  type text not null,
  at timestamptz not null default now()
);

-- Instances that are (or were) running. Each holds the advisory lock of its key for as long as it lives, so that the jobs of one
-- that was killed are given back at once and not after hours.
create table instance (id uuid primary key, lock_key bigint not null unique, worker_ids text[] not null default '{}', started_at timestamptz not null default now());
