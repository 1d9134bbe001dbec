-- Looks for words from the newest place back, until there are `most` rows, `above` is reached, or `most_ms` have passed; the last row says how far
-- it looked (its place; the rest is null). What it costs follows from what is asked for and not from how much lies behind:
-- a word that is in every tenth message is found by reading the newest few hundred; any other by its shelves' indexes, the newest shelf first.
-- Plans are made once a session, since making one over all shelves takes longer than looking.
create function search_found(q tsquery, below bigint, above bigint, most int, most_ms int)
  returns table (place bigint, case_id uuid, message_id uuid, attachment_id uuid, at timestamptz, words tsvector) language plpgsql stable set plan_cache_mode = force_generic_plan as $$
declare
  size constant bigint := 65536; begun constant timestamptz := clock_timestamp();
  top bigint := below; bottom bigint; walked bigint := 1024; shelves bigint := 1; got int; have int := 0;
begin
  while have < most and top > above and extract(epoch from clock_timestamp() - begun) * 1000 < most_ms loop
    if walked > 0 then
      bottom := greatest(above, top - walked);
      return query select s.* from (select w.place, w.case_id, w.message_id, w.attachment_id, w.at, w.words from search_text w where w.place >= bottom and w.place < top order by w.place desc offset 0) s where s.words @@ q limit most - have;
      get diagnostics got = row_count;
      walked := case when got * 40 >= top - bottom then least(walked * 4, 16384) else 0 end;
    else
      bottom := greatest(above, ((top - 1) / size - shelves + 1) * size);
      return query select s.* from (select w.place, w.case_id, w.message_id, w.attachment_id, w.at, w.words from search_text w where w.place >= bottom and w.place < top and w.words @@ q offset 0) s order by s.place desc limit most - have;
      get diagnostics got = row_count;
      shelves := case when got * 8 < most then least(shelves * 2, 64) else 1 end;
    end if;
    have := have + got;
    top := bottom;
  end loop;
  return query select top, null::uuid, null::uuid, null::uuid, null::timestamptz, null::tsvector;
end $$;
