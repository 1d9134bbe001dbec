-- Who reads the log to act on it (routing, rules, notifications) keeps its place here, in the same transaction as what it did: each fact is
-- acted on once, whichever instance does it and however that ended. A fact that cannot be acted on is set aside, so that it holds up no others.
create table follower (name text primary key, position bigint not null, tries int not null default 0);
create table follower_skip (name text not null, position bigint not null, error text not null, at timestamptz not null, primary key (name, position));
