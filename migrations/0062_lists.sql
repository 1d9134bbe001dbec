-- A list reads work at hand and what is done apart, each by indexes that hold only that part, and puts them together. So a list of work at hand
-- cannot walk through old cases however rare what it looks for, and a case at hand that changes touches no index of history: it enters those
-- when it is solved.
drop index case_opened, case_active, case_due, case_waiting, case_assignee_all, case_queue_all;

-- At hand: few thousand rows, so orders besides these are sorted as they come.
create index case_hand_active on "case" (last_message_at desc, id desc) where status in ('new', 'open', 'pending', 'on_hold') and removed is null;
create index case_hand_due on "case" (coalesce(due_at, 'infinity'::timestamptz), id) where status in ('new', 'open', 'pending', 'on_hold') and removed is null;
create index case_hand_waiting on "case" (coalesce(waiting_since, 'infinity'::timestamptz), id) where status in ('new', 'open', 'pending', 'on_hold') and removed is null;

-- Done: one for each order, and by what is looked for most, newest first.
create index case_done_opened on "case" (opened_at desc, id desc) where status in ('solved', 'closed') and removed is null and merged_into is null;
create index case_done_active on "case" (last_message_at desc, id desc) where status in ('solved', 'closed') and removed is null and merged_into is null;
create index case_done_updated on "case" (updated_at desc, id desc) where status in ('solved', 'closed') and removed is null and merged_into is null;
create index case_done_due on "case" (coalesce(due_at, 'infinity'::timestamptz), id) where status in ('solved', 'closed') and removed is null and merged_into is null;
create index case_done_waiting on "case" (coalesce(waiting_since, 'infinity'::timestamptz), id) where status in ('solved', 'closed') and removed is null and merged_into is null;
create index case_done_priority on "case" (priority, opened_at desc, id desc) where status in ('solved', 'closed') and removed is null and merged_into is null;
create index case_done_queue on "case" (queue_id, opened_at desc, id desc) where status in ('solved', 'closed') and removed is null and merged_into is null;
create index case_done_team on "case" (team_id, opened_at desc, id desc) where status in ('solved', 'closed') and removed is null and merged_into is null;
create index case_done_topic on "case" (topic, opened_at desc, id desc) where status in ('solved', 'closed') and removed is null and merged_into is null;
create index case_done_assignee on "case" (assignee_id, opened_at desc, id desc) where status in ('solved', 'closed') and removed is null and merged_into is null;
create index case_done_solved on "case" (solved_at desc) where status in ('solved', 'closed') and removed is null and merged_into is null;
-- Whoever goes is asked after in all cases, and what somebody did over all the years is counted by it.
create index case_of_assignee on "case" (assignee_id);
