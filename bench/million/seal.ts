import type pg from 'pg'

/**
 * Seals what was loaded as the sealer would: position by position, each hash over the one before. The database does it alone in one pass, since carrying
 * millions of texts to the program and back would take most of the time.
 */
export async function sealLoaded(client: pg.Client): Promise<void> {
  await client.query(`
    create function pg_temp.link(state bytea, fact text) returns bytea language sql immutable as $$ select sha256(coalesce(state, ''::bytea) || convert_to(fact, 'UTF8')) $$;
    create aggregate pg_temp.chain(text) (sfunc = pg_temp.link, stype = bytea);
    insert into event_seal (position, event_id, event_at, hash)
      select row_number() over w, id, at, pg_temp.chain(fact) over w from (
        select e.id, e.at, jsonb_build_array(e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.room, e.kind, e.case_number, e.subject, e.actor_kind, e.actor_id, e.data)::text as fact from event e
      ) facts window w as (order by id rows between unbounded preceding and current row);
    update log_head set (position, hash) = (select position, hash from event_seal order by position desc limit 1);
    select setval('event_id', (select max(id) from event)), setval('case_number', (select max(number) from "case")), setval('message_place', (select max(place) from message));
    update follower set position = (select position from log_head)`)
}
