-- Full-text search over everything that was written, in this database and without a second server.
--
-- One row a message and one a named attachment, at the place at which the message joined, on shelves of 65,536 places. What is written now goes to
-- the newest shelf, whose indexes are small, so writing costs the same with three million messages as with three thousand; search looks through
-- the shelves from the newest back and stops when it has enough; an old shelf can be moved to a slower disk, or dropped.
--
-- The rows are kept by triggers, in the transaction that changes the text, by whatever way it is changed: a verb, a merge, an erasure.
create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- Words without accents, in their stem, none left out: a phrase of common words is a phrase.
create text search dictionary desk_stem (template = snowball, language = english);
create text search configuration desk (copy = simple);
alter text search configuration desk alter mapping for asciiword, word, asciihword, hword, hword_asciipart, hword_part with unaccent, desk_stem;
alter text search configuration desk alter mapping for numword, numhword, hword_numpart with unaccent, simple;
-- The same, as written.
create text search configuration desk_written (copy = simple);
alter text search configuration desk_written alter mapping for asciiword, word, asciihword, hword, hword_asciipart, hword_part, numword, numhword, hword_numpart with unaccent, simple;

-- What stands between words becomes a space, so that addresses, ids and compounds are the words that they consist of; each sign of a script
-- without spaces becomes a word, and several are found as a phrase. src/desk/query/text.ts does the same.
create function search_plain(given text) returns text language sql immutable parallel safe as
$$ select case when given ~ '[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]' then regexp_replace(plain, '([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])', ' \1 ', 'g') else plain end
  from (select regexp_replace(given, '[\u0001-/:-@\[-`{-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u2000-\u2bff\u3000-\u3004\u3008-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+', ' ', 'g') as plain) p $$;

-- The subject weighs most. A word that is taken out again stands between the two, so that no phrase reaches from one into the other.
create function search_words(subject text, written text) returns tsvector language sql immutable parallel safe as
$$ select ts_delete(setweight(to_tsvector('desk', search_plain(left(subject, 2000))), 'A') || '¶:1'::tsvector || to_tsvector('desk', search_plain(left(written, 100000))), '¶') $$;

create table search_text (
  -- Of the sequence of messages; not unique by itself, so that no message can be refused because of it.
  place bigint not null,
  case_id uuid not null,
  message_id uuid not null,
  attachment_id uuid,
  at timestamptz not null,
  words tsvector not null
) partition by range (place);
create index search_text_place on search_text (place);
create index search_text_words on search_text using gin (words) with (fastupdate = on, gin_pending_list_limit = 512);
-- What no shelf was made for in time. It is read like a shelf.
create table search_text_rest partition of search_text default;

-- Shelves are made ahead by the owner; the program only asks for them. They are attached rather than made in their place, since that does not
-- keep anybody from writing.
create function search_shelves() returns int language plpgsql security definer set search_path = pg_catalog, public set lock_timeout = '2s' as $$
declare size constant bigint := 65536; newest bigint; made int := 0; name text;
begin
  if not pg_try_advisory_xact_lock(73057) then return 0; end if;
  select last_value / size into newest from public.message_place;
  for shelf in 0 .. newest + 2 loop
    name := 'search_text_' || shelf;
    continue when to_regclass('public.' || name) is not null;
    begin
      execute format('create table public.%I (like public.search_text)', name);
      execute format('alter table public.search_text attach partition public.%I for values from (%s) to (%s)', name, shelf * size, (shelf + 1) * size);
      made := made + 1;
    exception when check_violation then null; -- Some of it lies among the rest already, and is found there.
    end;
  end loop;
  return made;
end $$;
revoke execute on function search_shelves() from public;
grant execute on function search_shelves() to meridian_app;
select search_shelves();

-- Things with a name of their own that are mentioned in what was written: ids of the platform (pi_…), mail addresses, numbers of cases and orders,
-- UUIDs. The case is the message's, so they move with it.
create table case_reference (
  value text collate "C" not null,
  message_id uuid not null references message on delete cascade,
  primary key (value, message_id)
);
create index case_reference_of_message on case_reference (message_id);
-- An id with a slip has its first or its last half as it should be.
create index case_reference_backwards on case_reference (reverse(value) collate "C");

-- Each pattern is tried only where its sign is in the text, which in most it is not.
create function search_references(given text) returns setof text language sql immutable parallel safe as
$$ select distinct lower(found[1]) collate "C" from (
    select regexp_matches(case when strpos(given, '_') > 0 then given end, '\m([a-z]{2,10}_(?:live_|test_)?[A-Za-z0-9]{6,64})\M', 'g') as found
    union all select regexp_matches(case when strpos(given, '@') > 0 then given end, '([A-Za-z0-9.!#$%&''*+/=?^_{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)', 'g')
    union all select regexp_matches(case when strpos(given, '#') > 0 then given end, '(#[0-9]{4,15})\M', 'g')
    union all select regexp_matches(case when given ~ '[A-Z]-[0-9]' then given end, '\m([A-Z]{2,6}-(?:[0-9]{2,6}-)?[0-9]{3,12})\M', 'g')
    union all select regexp_matches(case when given ~ '[0-9a-fA-F]-[0-9a-fA-F]{4}-' then given end, '\m([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})\M', 'g')) f
   where found[1] !~ '^[a-z]+_[A-Za-z_]+$' limit 200 $$;

-- What a message says: its case's subject, its own where that is another, its text, and what was quoted where nothing came before that it could repeat.
create function search_written(m message, subject text) returns text language sql immutable parallel safe as
$$ select concat_ws(E'\n', case when strpos(lower(m.subject), lower(subject)) = 0 then m.subject end, m.text, case when m.joined ->> 'rule' = 'opened' then m.quoted_text end) $$;
create function search_has(standing text, delivery text) returns boolean language sql immutable parallel safe as
$$ select standing <> 'declined' and delivery is distinct from 'recalled' $$;

create function search_message() returns trigger language plpgsql as $$
declare about text; written text;
begin
  if tg_op <> 'INSERT' then
    delete from search_text where place = old.place and message_id = old.id and attachment_id is null;
    delete from case_reference where message_id = old.id;
  end if;
  if tg_op <> 'DELETE' and search_has(new.standing, new.delivery) then
    select c.subject into about from "case" c where c.id = new.case_id;
    written := search_written(new, about);
    insert into search_text (place, case_id, message_id, at, words) values (new.place, new.case_id, new.id, new.at, search_words(about, written));
    insert into case_reference (value, message_id) select value, new.id from search_references(concat_ws(E'\n', about, written)) as value on conflict do nothing;
  end if;
  -- Its files go where it goes.
  if tg_op = 'UPDATE' then
    delete from search_text s using attachment a join attachment_text t on t.attachment_id = a.id where a.message_id = new.id and s.place = t.place and s.attachment_id = a.id;
    perform search_attachment_row(a.id) from attachment a where a.message_id = new.id;
  end if;
  return null;
end $$;
create trigger message_search_insert after insert on message for each row execute function search_message();
create trigger message_search_delete after delete on message for each row execute function search_message();
create trigger message_search_update after update on message for each row
  when ((old.case_id, old.place, old.subject, old.text, old.quoted_text, old.at, search_has(old.standing, old.delivery))
    is distinct from (new.case_id, new.place, new.subject, new.text, new.quoted_text, new.at, search_has(new.standing, new.delivery)))
  execute function search_message();

-- Attachments: found by name at once, by what they hold as soon as that was read out of them.
create table attachment_text (
  attachment_id uuid primary key references attachment on delete cascade,
  place bigint not null default nextval('message_place'),
  state text not null default 'waiting' check (state in ('waiting', 'read', 'empty', 'failed')),
  tries int not null default 0,
  text text not null default ''
);
create index attachment_text_waiting on attachment_text (place) where state = 'waiting';

create function search_attachment_row(of_attachment uuid) returns void language sql as $$
  insert into search_text (place, case_id, message_id, attachment_id, at, words)
    select t.place, m.case_id, m.id, a.id, m.at, search_words(a.name, t.text)
    from attachment_text t join attachment a on a.id = t.attachment_id join message m on m.id = a.message_id where t.attachment_id = of_attachment and search_has(m.standing, m.delivery) $$;

create function search_attachment() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    delete from search_text s using attachment_text t where t.attachment_id = old.id and s.place = t.place and s.attachment_id = old.id;
    if tg_op = 'DELETE' then return old; end if;
  end if;
  if new.message_id is null or new.inline then return null; end if;
  insert into attachment_text (attachment_id) values (new.id) on conflict do nothing;
  perform search_attachment_row(new.id);
  return null;
end $$;
create trigger attachment_search_insert after insert on attachment for each row when (new.message_id is not null and not new.inline) execute function search_attachment();
-- Before, while its place is still known.
create trigger attachment_search_delete before delete on attachment for each row execute function search_attachment();
create trigger attachment_search_update after update on attachment for each row
  when ((old.message_id, old.case_id, old.name) is distinct from (new.message_id, new.case_id, new.name)) execute function search_attachment();

create function search_attachment_text() returns trigger language plpgsql as $$
begin
  delete from search_text where place = old.place and attachment_id = old.attachment_id;
  perform search_attachment_row(new.attachment_id);
  return null;
end $$;
create trigger attachment_text_search after update of text on attachment_text for each row when (old.text is distinct from new.text) execute function search_attachment_text();

-- A subject is part of what each message of its case says.
create function search_subject() returns trigger language plpgsql as $$
begin
  update search_text s set words = search_words(new.subject, search_written(m, new.subject)) from message m where m.case_id = new.id and s.place = m.place and s.message_id = m.id and s.attachment_id is null;
  return null;
end $$;
create trigger case_search_subject after update of subject on "case" for each row when (old.subject is distinct from new.subject) execute function search_subject();

-- `subject:` and the boxes that look through subjects only.
drop index case_subject_words;
create index case_subject_words on "case" using gin (to_tsvector('desk_written', search_plain(subject)));
-- Names by their words, for what one types of them, and by their likeness, for what one mistypes.
create index account_words on account using gin (to_tsvector('desk_written', search_plain(name)));
create index customer_words on customer using gin (to_tsvector('desk_written', search_plain(name)));
create index account_like on account using gin (lower(name) gin_trgm_ops);
create index customer_like on customer using gin (lower(name) gin_trgm_ops);
create index customer_address_like on customer_address using gin (address gin_trgm_ops);
-- `from:@domain`.
create index participant_backwards on participant (reverse(address) text_pattern_ops);
