-- What was written before there was search is read in by the program, batch by batch from the newest back, while everybody works; how far it
-- came stands here. Null: all is in.
create table search_filling (
  single boolean primary key default true check (single),
  -- Messages of this id and older are still to be read.
  from_id uuid,
  filled bigint not null default 0,
  at timestamptz not null default now()
);
insert into search_filling (from_id) select (select id from message order by id desc limit 1);

-- The rows of one batch, in the transaction that moves the place. Each message is held meanwhile, so that its own change and this see each other.
-- @returns how many were read in.
create function search_fill(batch int) returns int language plpgsql as $$
declare start uuid; next uuid; ids uuid[]; n int;
begin
  select from_id into start from search_filling for update skip locked;
  if start is null then return 0; end if;
  select array_agg(id), count(*) into ids, n from (select id from message where id <= start order by id desc limit batch for share) m;
  select id into next from message where id < ids[n] order by id desc limit 1;
  insert into search_text (place, case_id, message_id, at, words)
    select m.place, m.case_id, m.id, m.at, search_words(c.subject, search_written(m, c.subject)) from message m join "case" c on c.id = m.case_id
    where m.id = any(ids) and search_has(m.standing, m.delivery) and not exists (select from search_text s where s.place = m.place and s.message_id = m.id);
  insert into case_reference (value, message_id)
    select value, m.id from message m join "case" c on c.id = m.case_id, search_references(concat_ws(E'\n', c.subject, search_written(m, c.subject))) as value
    where m.id = any(ids) and search_has(m.standing, m.delivery) on conflict do nothing;
  with named as (insert into attachment_text (attachment_id) select a.id from attachment a where a.message_id = any(ids) and not a.inline on conflict do nothing returning attachment_id)
    select count(search_attachment_row(attachment_id)) into strict n from named;
  update search_filling set from_id = next, filled = filled + cardinality(ids), at = now();
  return cardinality(ids);
end $$;

create function search_mentioned(given text) returns text[] language sql immutable parallel safe cost 1000 as $$ select array(select search_references(given)) $$;

-- All at once and anew, for loaders that write messages past the triggers: set by set, with as many processes as the server has for one statement.
create function fill_search() returns void language plpgsql as $$
begin
  perform search_shelves();
  truncate search_text, case_reference;
  create unlogged table search_fresh as
    select m.place, m.case_id, m.id as message_id, m.at, search_words(c.subject, search_written(m, c.subject)) as words,
      search_mentioned(concat_ws(E'\n', c.subject, search_written(m, c.subject))) as mentioned
    from message m join "case" c on c.id = m.case_id where search_has(m.standing, m.delivery);
  insert into search_text (place, case_id, message_id, at, words) select place, case_id, message_id, at, words from search_fresh;
  insert into case_reference (value, message_id) select distinct value, message_id from search_fresh, unnest(mentioned) as value where cardinality(mentioned) > 0;
  drop table search_fresh;
  insert into attachment_text (attachment_id) select a.id from attachment a where a.message_id is not null and not a.inline on conflict do nothing;
  perform search_attachment_row(attachment_id) from attachment_text;
  update search_filling set from_id = null, at = now();
end $$;
