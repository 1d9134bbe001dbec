-- What an administrator sets for the whole installation, one row a setting.
create table setting (key text primary key, value jsonb not null, updated_at timestamptz not null default now(), updated_by text);
