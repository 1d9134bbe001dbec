-- A case that is put off is out of the lists of work at hand until its instant comes or its customer writes; `infinity` waits for the customer
-- alone. Null says that the case is awake. Who put it off, when and for what stands beside it, for those who wonder where the case is.
alter table "case"
  add column snoozed_until timestamptz,
  add column snoozed_by uuid references agent on delete set null,
  add column snoozed_at timestamptz,
  add column snooze_reason text check (length(snooze_reason) <= 500),
  add constraint case_snoozed_whole check ((snoozed_until is null) = (snoozed_at is null));
-- What is due to wake is asked every second; it holds the snoozed cases only, however many there have been.
create index case_to_wake on "case" (snoozed_until) where snoozed_until is not null;
create index case_snoozed_by on "case" (snoozed_by) where snoozed_by is not null;
