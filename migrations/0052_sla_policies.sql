-- What is promised to whom: policies in an order, of which the first that fits holds. Like calendars they are kept in versions that never change.
create table sla_policy (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  place int not null,
  active boolean not null default true,
  archived_at timestamptz,
  version int not null default 1,
  demo boolean not null default false
);
create index sla_policy_place on sla_policy (place) where archived_at is null;
create table sla_policy_version (
  id uuid primary key,
  policy_id uuid not null references sla_policy on delete cascade,
  number int not null,
  -- A query in the language of the search box; empty fits every case.
  condition text not null,
  -- Targets, pauses, hours and grace, as src/desk/sla/model.ts has them.
  terms jsonb not null,
  at timestamptz not null,
  unique (policy_id, number)
);
create trigger sla_policy_version_kept before update on sla_policy_version for each row execute function refuse_another_text();
revoke update on sla_policy_version from meridian_app;
-- Counts the changes to policies, calendars and their sites: whoever has read them knows from one number whether they are still so, and a case says
-- by it with which of them it was last compared.
create table sla_rules (single boolean primary key default true check (single), stamp bigint not null);
insert into sla_rules values (true, 1);
