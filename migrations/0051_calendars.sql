-- When sites are at work: what promises are counted in. A change makes another version and leaves the one before as it was, since clocks that have
-- counted by it must be counted again the same.
create table calendar (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  -- What holds where no other is said.
  standard boolean not null default false,
  archived_at timestamptz,
  version int not null default 1,
  demo boolean not null default false
);
create unique index calendar_standard on calendar (standard) where standard;
create unique index calendar_name on calendar (lower(name)) where archived_at is null;
create table calendar_version (
  id uuid primary key,
  calendar_id uuid not null references calendar on delete cascade,
  number int not null,
  time_zone text not null,
  -- {slots, holidays, openDays}, as src/desk/sla/calendar.ts has them.
  hours jsonb not null,
  at timestamptz not null,
  unique (calendar_id, number)
);
create table site_calendar (
  site_id uuid primary key references site on delete cascade,
  calendar_id uuid not null references calendar on delete cascade
);
create index site_calendar_of on site_calendar (calendar_id);

create function refuse_another_text() returns trigger language plpgsql as $$
begin raise exception '% keeps what was written', tg_table_name using errcode = 'insufficient_privilege'; end $$;
create trigger calendar_version_kept before update on calendar_version for each row execute function refuse_another_text();
revoke update on calendar_version from meridian_app;
