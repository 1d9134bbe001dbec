-- Taking cases out (the sample centre now; retention and erasure later) asks of every row who refers to it. Without an index each of these
-- questions reads the whole table, once a case.
create index attachment_of_case on attachment (case_id);
create index mention_of_case on mention (case_id);
create index participant_of_customer on participant (customer_id);
create index case_link_other on case_link (other_id);
create index case_merged_into on "case" (merged_into) where merged_into is not null;
create index case_parent on "case" (parent_id) where parent_id is not null;
