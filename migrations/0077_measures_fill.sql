-- A loader that writes cases and facts past the program fills what is measured by this, in one go for all cases, for whom the program would take minutes. It knows plain
-- histories only: cases that are opened, given, answered, put off and solved once. Whatever else a history has (reopening, moves, what was taken back,
-- promises, calendars) is counted right by the job insights.build; a test holds the two together.
create function fill_measures() returns void language sql as $$
  with told as materialized (
    select case_number as n, id, at, kind, actor_kind, actor_id, data,
      count(*) filter (where kind in ('reply.sent', 'case.pended', 'case.solved')) over (partition by case_number order by id rows between unbounded preceding and 1 preceding) as round,
      count(*) filter (where kind = 'reply.sent') over (partition by case_number order by id) as replies
    from event where room = 'desk' and case_number is not null and kind in ('message.received', 'reply.sent', 'case.pended', 'case.solved') and not data ? 'automatic' and (kind <> 'reply.sent' or actor_kind in ('agent', 'token'))),
  waited as (select n, round, min(at) as since from told where kind = 'message.received' group by n, round),
  counting as materialized (
    select c.number as n, c.opened_at, c.status, c.queue_id, c.team_id, c.assignee_id, c.topic, c.account_id, c.channel, c.priority, c.solved_at from "case" c where c.removed is null and c.merged_into is null),
  moments as (
    select n, 'opened' as moment, 1 as turn, opened_at as at, null::timestamptz as since, null::boolean as hit, null::uuid as agent_id from counting
    union all
    select t.n, case when t.replies = 1 then 'firstReply' else 'nextReply' end, case when t.replies = 1 then 1 else row_number() over (partition by t.n, t.replies = 1 order by t.id)::int end, t.at,
      case when t.replies = 1 then c.opened_at else w.since end, null, case when t.actor_kind = 'agent' then t.actor_id::uuid end
    from told t join counting c on c.n = t.n left join waited w on w.n = t.n and w.round = t.round where t.kind = 'reply.sent' and (t.replies = 1 or w.since is not null)
    union all
    select t.n, m.moment, 1, t.at, c.opened_at, case when m.moment = 'solve' then t.replies < 2 else false end, coalesce(case when t.actor_kind = 'agent' then t.actor_id::uuid end, c.assignee_id)
    from told t join counting c on c.n = t.n cross join (values ('firstSolve'), ('solve')) m (moment) where t.kind = 'case.solved'),
  rows as (
    insert into measured (case_number, moment, turn, at, ms, business_ms, hit, queue_id, team_id, agent_id, topic, account_id, channel, priority, space_id)
    select m.n, m.moment, m.turn, m.at, s.ms, s.ms, m.hit, c.queue_id, c.team_id, m.agent_id, c.topic, c.account_id, c.channel, c.priority, c.queue_id
    from moments m join counting c on c.n = m.n cross join lateral (select case when m.since <= m.at then floor(extract(epoch from m.at - m.since) * 1000)::bigint end as ms) s),
  spans as (
    insert into measured_backlog (case_number, turn, opened_at, span, queue_id, team_id, agent_id, topic, account_id, channel, priority, space_id)
    select n, 1, opened_at, tstzrange(opened_at, case when status in ('solved', 'closed') then solved_at end), queue_id, team_id, assignee_id, topic, account_id, channel, priority, queue_id from counting)
  update measured_build set built = 1, building = null, at = now();
$$;
revoke execute on function fill_measures() from public;
