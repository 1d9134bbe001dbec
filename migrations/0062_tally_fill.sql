-- Sums up anew from the cases themselves: for loaders that write cases past the triggers.
create function fill_tally() returns void language plpgsql as $$
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
