-- What is done has no due time and keeps nobody waiting: in those orders it comes last, by its id.
drop index if exists case_done_due, case_done_waiting;
-- Solved and not closed yet is what people look through again; it is as few as some weeks' work.
create index if not exists case_solved_id on "case" (id) where status = 'solved' and removed is null and merged_into is null;
create index if not exists case_solved_opened on "case" (opened_at, id) where status = 'solved' and removed is null and merged_into is null;
create index if not exists case_solved_active on "case" (last_message_at, id) where status = 'solved' and removed is null and merged_into is null;
create index if not exists case_solved_updated on "case" (updated_at, id) where status = 'solved' and removed is null and merged_into is null;
create index if not exists case_solved_priority on "case" (priority, opened_at, id) where status = 'solved' and removed is null and merged_into is null;
-- Several of these words at once, when few cases have them all (tens of bytes a case; written when a case is solved and when it is closed).
-- Whatever order such a list has, its rows are gathered and sorted. btree_gin is an extension that PostgreSQL trusts.
create extension if not exists btree_gin;
create index if not exists case_done_words on "case" using gin (queue_id, team_id, topic, priority, kind, channel, status) with (fastupdate = off)
  where status in ('solved', 'closed') and removed is null and merged_into is null;
-- Nothing that is done should be promised or waited for any more. Whether something is, is seen at once.
create index if not exists case_done_awaited on "case" (id) where status in ('solved', 'closed') and (due_at is not null or waiting_since is not null);

-- Sums up anew from the cases themselves: for loaders that write cases past the triggers.
create or replace function fill_tally() returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(73061);
  delete from case_tally;
  delete from case_tally_month;
  delete from case_tally_change;
  insert into case_tally_change
    select date_trunc('month', c.opened_at at time zone 'UTC'), c.status, c.queue_id, c.team_id, c.priority, c.kind, c.channel, c.topic, a.segment, count(*)
    from "case" c left join account a on a.id = c.account_id where c.status in ('solved', 'closed') and c.removed is null and c.merged_into is null group by 1, 2, 3, 4, 5, 6, 7, 8, 9;
  perform fold_case_tally();
end $$;
