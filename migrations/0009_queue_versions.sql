-- Two administrators who change the same queue or topic see each other's change: the version that one saw comes back with the change.
alter table queue add column version int not null default 1;
alter table topic add column version int not null default 1;
