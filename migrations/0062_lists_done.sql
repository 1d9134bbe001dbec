-- What is done has no due time and keeps nobody waiting: in those orders it comes last, by its id.
drop index case_done_due, case_done_waiting;
-- Solved and not closed yet is what people look through again; it is as few as some weeks' work.
create index case_solved_id on "case" (id) where status = 'solved' and removed is null and merged_into is null;
create index case_solved_opened on "case" (opened_at, id) where status = 'solved' and removed is null and merged_into is null;
create index case_solved_active on "case" (last_message_at, id) where status = 'solved' and removed is null and merged_into is null;
create index case_solved_updated on "case" (updated_at, id) where status = 'solved' and removed is null and merged_into is null;
create index case_solved_priority on "case" (priority, opened_at, id) where status = 'solved' and removed is null and merged_into is null;
-- Several of these words at once, when few cases have them all (tens of bytes a case; written when a case is solved and when it is closed).
-- Whatever order such a list has, its rows are gathered and sorted. btree_gin is an extension that PostgreSQL trusts.
create extension if not exists btree_gin;
create index case_done_words on "case" using gin (queue_id, team_id, topic, priority, kind, channel, status) with (fastupdate = off)
  where status in ('solved', 'closed') and removed is null and merged_into is null;
-- Nothing that is done should be promised or waited for any more. Whether something is, is seen at once.
create index case_done_awaited on "case" (id) where status in ('solved', 'closed') and (due_at is not null or waiting_since is not null);
