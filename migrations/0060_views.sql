-- Views: filters that somebody saved, as text in the query language, with how the list looks. A view is its owner's, a team's or everybody's.
-- One that nobody owns was made by the program or through the API, and is shared.
create table view (
  id uuid primary key,
  name text not null,
  query text not null,
  sort text not null,
  columns text[] not null default '{}',
  grouping text,
  icon text not null,
  colour text not null,
  owner_id uuid references agent on delete cascade,
  shared text not null default 'no' check (shared in ('no', 'team', 'all')),
  team_id uuid references team on delete cascade,
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  demo boolean not null default false,
  check ((shared = 'team') = (team_id is not null)),
  check (owner_id is not null or shared <> 'no')
);
create index view_of_owner on view (owner_id);
create index view_of_team on view (team_id) where team_id is not null;
create index view_of_all on view (lower(name)) where shared = 'all';

-- Which views somebody wants in sight, in which order.
create table view_pin (
  agent_id uuid not null references agent on delete cascade, view_id uuid not null references view on delete cascade, place int not null, primary key (agent_id, view_id)
);
create index view_pin_of_view on view_pin (view_id);
