-- What an outgoing mail is made of stands still from the moment it was submitted, so that every try sends the same bytes. A worker
-- that sends holds a lease on the row and renews it; a row in `sending` whose lease ran out had a worker that died at an unknown point.
alter table outgoing_mail
  add column case_number bigint not null references "case" (number),
  add column letter jsonb not null,
  -- What the server said to each address so far: [{address, outcome: accepted|refused, response}].
  add column answers jsonb not null default '[]',
  -- Tries of which nobody knows whether they arrived, since the last one of which it is known.
  add column doubts int not null default 0,
  -- When the next try is due by itself; null when none is.
  add column next_at timestamptz,
  add column lease uuid,
  add column lease_until timestamptz,
  add column settled_by text,
  add constraint outgoing_mail_leased check ((state = 'sending') = (lease is not null));
create index outgoing_mail_due on outgoing_mail (next_at) where next_at is not null;
create index outgoing_mail_leases on outgoing_mail (lease_until) where state = 'sending';
create index outgoing_mail_of_case on outgoing_mail (case_number);
create index outgoing_mail_to on outgoing_mail using gin (envelope_to);
-- A bounce whose job runs twice is noted once.
create unique index bounce_once on bounce (raw_mail_id, address);
create index address_hold_held on address_hold (held_at desc) where released_at is null;
