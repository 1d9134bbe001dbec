-- Who writes to us: businesses, and the people who write for them.
create table account (
  id uuid primary key, name text not null,
  segment text not null default 'independent' check (segment in ('independent', 'startup', 'smb', 'enterprise')),
  country text check (country ~ '^[A-Z]{2}$'),
  platform_id text unique,
  since timestamptz,
  created_at timestamptz not null default now(),
  version int not null default 1,
  demo boolean not null default false
);
create index account_name on account (lower(name) text_pattern_ops);
create table customer (
  id uuid primary key, account_id uuid references account, name text not null default '', language text, time_zone text,
  merged_into uuid references customer, created_at timestamptz not null default now(), version int not null default 1,
  demo boolean not null default false
);
create index customer_of_account on customer (account_id);
create index customer_name on customer (lower(name) text_pattern_ops);
create table customer_address (
  address text primary key check (address = lower(address)), customer_id uuid not null references customer, added_at timestamptz not null default now()
);
create index customer_address_of on customer_address (customer_id);
create index customer_address_prefix on customer_address (address text_pattern_ops);
-- What a merge moved, so that it can be taken back.
create table customer_merge (
  id uuid primary key, kept uuid not null references customer, merged uuid not null references customer, addresses text[] not null,
  at timestamptz not null, by_actor text not null, undone_at timestamptz
);
-- A person's page asks in which merges it stands, and a chain of merges is walked from its end.
create index customer_merge_kept on customer_merge (kept);
create index customer_merge_merged on customer_merge (merged);
create index customer_merged_into on customer (merged_into) where merged_into is not null;
