-- A tally of what is done (solved or closed, not removed, not merged into another), so that a count over all history is a sum over few rows and
-- costs the same with three million cases as with three thousand. It is kept in the transaction that changes a case, by whatever way it is changed
-- (a verb, a load by COPY, the removal of the sample centre), so a count is exact in every snapshot.
--
-- Who changes a case writes +1 and -1 as rows of their own into case_tally_change and waits for nobody; fold_case_tally() sums them up now and
-- then. No foreign keys: what is gone sums up to nought, and checking them would make every solve lock its queue's row.
create table case_tally (
  status text not null, queue_id uuid not null, team_id uuid, priority text not null, kind text not null, channel text not null, topic text, segment text, n bigint not null,
  unique nulls not distinct (status, queue_id, team_id, priority, kind, channel, topic, segment)
) with (fillfactor = 70);
-- The same by the month (UTC) in which the cases were opened, for windows of time.
create table case_tally_month (
  month date not null, status text not null, queue_id uuid not null, team_id uuid, priority text not null, kind text not null, channel text not null, topic text, segment text, n bigint not null,
  unique nulls not distinct (month, status, queue_id, team_id, priority, kind, channel, topic, segment)
) with (fillfactor = 70);
create table case_tally_change (
  month date not null, status text not null, queue_id uuid not null, team_id uuid, priority text not null, kind text not null, channel text not null, topic text, segment text, n bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

-- The account is held (for share) so that a change of its segment and a case that is being solved see each other, whichever is first.
create function tally_case() returns trigger language plpgsql as $$
declare segment_now text;
begin
  if tg_op <> 'INSERT' and old.status in ('solved', 'closed') and old.removed is null and old.merged_into is null then
    segment_now := null;
    select segment into segment_now from account where id = old.account_id for share;
    insert into case_tally_change values (date_trunc('month', old.opened_at at time zone 'UTC'), old.status, old.queue_id, old.team_id, old.priority, old.kind, old.channel, old.topic, segment_now, -1);
  end if;
  if tg_op <> 'DELETE' and new.status in ('solved', 'closed') and new.removed is null and new.merged_into is null then
    segment_now := null;
    select segment into segment_now from account where id = new.account_id for share;
    insert into case_tally_change values (date_trunc('month', new.opened_at at time zone 'UTC'), new.status, new.queue_id, new.team_id, new.priority, new.kind, new.channel, new.topic, segment_now, 1);
  end if;
  return null;
end $$;
create trigger case_tally_insert after insert on "case" for each row when (new.status in ('solved', 'closed')) execute function tally_case();
create trigger case_tally_delete after delete on "case" for each row when (old.status in ('solved', 'closed')) execute function tally_case();
create trigger case_tally_update after update on "case" for each row
  when ((old.status in ('solved', 'closed') or new.status in ('solved', 'closed'))
    and (old.status, old.removed, old.merged_into, old.queue_id, old.team_id, old.priority, old.kind, old.channel, old.topic, old.account_id, old.opened_at)
      is distinct from (new.status, new.removed, new.merged_into, new.queue_id, new.team_id, new.priority, new.kind, new.channel, new.topic, new.account_id, new.opened_at))
  execute function tally_case();

create function tally_segment() returns trigger language plpgsql as $$
begin
  insert into case_tally_change
    select date_trunc('month', opened_at at time zone 'UTC'), status, queue_id, team_id, priority, kind, channel, topic, segment, sign * count(*)
    from "case", (values (old.segment, -1), (new.segment, 1)) as moved (segment, sign)
    where account_id = new.id and status in ('solved', 'closed') and removed is null and merged_into is null group by 1, 2, 3, 4, 5, 6, 7, 8, 9, sign;
  return null;
end $$;
create trigger account_tally_segment after update of segment on account for each row when (old.segment is distinct from new.segment) execute function tally_segment();

-- One folds at a time. Whoever counts meanwhile sees the changes or their sum, never both.
create function fold_case_tally() returns bigint language plpgsql as $$
declare folded bigint;
begin
  if not pg_try_advisory_xact_lock(73061) then return 0; end if;
  with taken as materialized (delete from case_tally_change returning *),
  in_all as (
    insert into case_tally as t (status, queue_id, team_id, priority, kind, channel, topic, segment, n)
      select status, queue_id, team_id, priority, kind, channel, topic, segment, sum(n) from taken group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(n) <> 0
      on conflict (status, queue_id, team_id, priority, kind, channel, topic, segment) do update set n = t.n + excluded.n),
  by_month as (
    insert into case_tally_month as t (month, status, queue_id, team_id, priority, kind, channel, topic, segment, n)
      select month, status, queue_id, team_id, priority, kind, channel, topic, segment, sum(n) from taken group by 1, 2, 3, 4, 5, 6, 7, 8, 9 having sum(n) <> 0
      on conflict (month, status, queue_id, team_id, priority, kind, channel, topic, segment) do update set n = t.n + excluded.n)
  select count(*) into folded from taken;
  delete from case_tally where n = 0;
  delete from case_tally_month where n = 0;
  return folded;
end $$;

-- What is done already.
insert into case_tally_change
  select date_trunc('month', c.opened_at at time zone 'UTC'), c.status, c.queue_id, c.team_id, c.priority, c.kind, c.channel, c.topic, a.segment, count(*)
  from "case" c left join account a on a.id = c.account_id where c.status in ('solved', 'closed') and c.removed is null and c.merged_into is null group by 1, 2, 3, 4, 5, 6, 7, 8, 9;
select fold_case_tally();
