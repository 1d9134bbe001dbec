-- Looks for words from the newest place back, until there are `most` rows, `above` is reached, or `most_ms` have passed; the last row says how far
-- it looked (its place; the rest is null). What it costs follows from what is asked for and not from how much lies behind:
-- a word that is in every tenth message is found by reading the newest few hundred; any other by its shelves' indexes, the newest shelf first.
-- Each look is planned by itself, for its word and its shelves: a plan for any word would read whole shelves along their places.
create function search_found(q tsquery, below bigint, above bigint, most int, most_ms int)
  returns table (place bigint, case_id uuid, message_id uuid, attachment_id uuid, at timestamptz, words tsvector) language plpgsql stable as $$
declare
  size constant bigint := 65536; begun constant timestamptz := clock_timestamp();
  top bigint := below; bottom bigint; walked bigint := 1024; shelves bigint := 1; got int; have int := 0;
begin
  -- Places that nothing stands at (what was rolled back) say nothing of how common a word is.
  select least(below, w.place + 1) into top from search_text w where w.place < below and w.place >= above order by w.place desc limit 1;
  top := coalesce(top, above);
  while have < most and top > above and extract(epoch from clock_timestamp() - begun) * 1000 < most_ms loop
    if walked > 0 then
      bottom := greatest(above, top - walked);
      return query execute 'select s.* from (select w.place, w.case_id, w.message_id, w.attachment_id, w.at, w.words from search_text w where w.place >= $1 and w.place < $2 order by w.place desc offset 0) s where s.words @@ $3 limit $4'
        using bottom, top, q, most - have;
      get diagnostics got = row_count;
      walked := case when got * 40 >= top - bottom then least(walked * 4, 16384) else 0 end;
    else
      bottom := greatest(above, ((top - 1) / size - shelves + 1) * size);
      return query execute 'select s.* from (select w.place, w.case_id, w.message_id, w.attachment_id, w.at, w.words from search_text w where w.place >= $1 and w.place < $2 and w.words @@ $3 offset 0) s order by s.place desc limit $4'
        using bottom, top, q, most - have;
      get diagnostics got = row_count;
      shelves := case when got * 8 < most then least(shelves * 2, 64) else 1 end;
    end if;
    have := have + got;
    top := bottom;
  end loop;
  return query select top, null::uuid, null::uuid, null::uuid, null::timestamptz, null::tsvector;
end $$;
