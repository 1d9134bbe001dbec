-- Cases that are copied in by the loader of the benchmarks come without promises. This gives them those that they would have by one policy in which
-- every hour counts, in a few passes over all of them: state, clocks, ledger, and when work at hand is due. It says nothing in the log, so these
-- cases cannot be proven from it; whatever happens to them later goes on from here like with any other.
create function fill_sla() returns void language plpgsql as $$
declare
  its_policy uuid := gen_random_uuid();
  its_version uuid := gen_random_uuid();
  stamped bigint;
begin
  insert into sla_policy (id, name, place, demo) select its_policy, 'Everybody', coalesce(max(place), 0) + 1, false from sla_policy;
  insert into sla_policy_version (id, policy_id, number, condition, terms, at) values (its_version, its_policy, 1, '', '{"hours": "always", "calendarId": null, "always": [], "segments": [],
    "pauses": {"pending": ["resolution"], "on_hold": ["resolution"]}, "graceMinutes": 60, "warnPercent": 80,
    "targets": {"urgent": {"firstReply": 60, "nextReply": 120, "resolution": 480}, "high": {"firstReply": 240, "nextReply": 480, "resolution": 1440},
      "normal": {"firstReply": 480, "nextReply": 960, "resolution": 2880}, "low": {"firstReply": 960, "nextReply": 1920, "resolution": 5760}}}', now());
  update sla_rules set stamp = greatest(stamp + 1, (extract(epoch from clock_timestamp()) * 1000000)::bigint) returning stamp into stamped;

  insert into sla_case (case_id, at, stamp, policy_version, priority, status, suspended, waiting, replied)
    select id, updated_at, stamped, its_version, priority, status, case when merged_into is not null then 'merged' when removed is not null then 'removed' end, waiting_since is not null, first_replied_at is not null
    from "case" on conflict do nothing;

  -- Of each metric: when it began, when it ended (met), when it came to a stop, and the time that it has.
  create temporary table filling on commit drop as
    with target (priority, first_ms, next_ms, resolution_ms) as (values ('urgent', 3600000, 7200000, 28800000), ('high', 14400000, 28800000, 86400000), ('normal', 28800000, 57600000, 172800000),
      ('low', 57600000, 115200000, 345600000))
    select c.id as case_id, m.metric, m.target_ms::bigint, m.started_at, m.met_at, m.paused_for,
      case when m.met_at is null and m.stopped_at is null and not m.off then m.started_at end as running_since, m.off,
      m.started_at + m.target_ms * interval '1 millisecond' as due,
      (extract(epoch from coalesce(m.met_at, m.stopped_at, m.started_at) - m.started_at) * 1000)::bigint as consumed_ms
    from "case" c join target t using (priority) cross join lateral (
      select 'firstReply' as metric, t.first_ms as target_ms, c.opened_at as started_at, c.first_replied_at as met_at, null::timestamptz as stopped_at, null as paused_for,
        c.first_replied_at is null and (c.waiting_since is null or c.status in ('solved', 'closed')) as off
      union all select 'nextReply', t.next_ms, c.waiting_since, null, null, null, false where c.first_replied_at is not null and c.waiting_since is not null and c.status not in ('solved', 'closed')
      union all select 'resolution', t.resolution_ms, c.opened_at, c.solved_at, case when c.status in ('pending', 'on_hold') then c.status_at end,
        case when c.status in ('pending', 'on_hold') then c.status end, c.solved_at is null and c.status = 'closed'
    ) m where c.removed is null and c.merged_into is null;

  insert into sla_clock (case_id, metric, state, policy_version, target_ms, started_at, consumed_ms, running_since, due_at, next_at, paused_for, warned_at, breached_at, met_at)
    select case_id, metric,
      case when off then 'cancelled' when met_at is not null then 'met' when late then 'breached' when running_since is null then 'paused' else 'running' end, its_version, target_ms, started_at,
      greatest(0, consumed_ms), running_since, case when running_since is not null then due end,
      case when running_since is not null and not late then case when warned then due else started_at + target_ms * 0.8 * interval '1 millisecond' end end, paused_for,
      case when warned then started_at + target_ms * 0.8 * interval '1 millisecond' end, case when late then due end, met_at
    from (select *, not off and (consumed_ms > target_ms or (running_since is not null and due < now())) as late,
        not off and (consumed_ms > target_ms * 0.8 or (running_since is not null and started_at + target_ms * 0.8 * interval '1 millisecond' < now())) as warned from filling) f
    on conflict do nothing;

  insert into sla_entry (case_id, metric, what, at, noted_at, consumed_ms, due_at, policy_version, why)
    select case_id, metric, what, at, at, consumed, case when what in ('activated', 'breached') then due end, its_version, why from filling cross join lateral (
      select 'activated' as what, started_at as at, 0::bigint as consumed, case metric when 'nextReply' then 'customer' else 'opened' end as why, 1 as place
      union all select 'breached', due, target_ms, 'due', 2 where not off and (consumed_ms > target_ms or (running_since is not null and due < now()))
      union all select 'paused', started_at + consumed_ms * interval '1 millisecond', consumed_ms, paused_for, 3 where paused_for is not null
      union all select 'fulfilled', met_at, consumed_ms, case metric when 'resolution' then 'solved' else 'replied' end, 3 where met_at is not null
    ) e order by case_id, at, place;

  update "case" c set due_at = d.due from (select case_id, min(due_at) as due from sla_clock where due_at is not null group by case_id) d where d.case_id = c.id;
end $$;
