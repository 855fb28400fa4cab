-- Patient content, sealed: each value under a data key of its own, which the key key_id wraps.
-- kind and id name the row that it belongs to, and are authenticated with it.
create table sealed_value (
    kind        text        not null,
    id          text        not null,
    sealed_at   timestamptz not null,
    key_id      text        not null,
    wrapped_key bytea       not null,
    content     bytea       not null,
    primary key (kind, id)
);

-- Compressed before it was sealed: PostgreSQL would try in vain
alter table sealed_value alter column content set storage external;

create index sealed_value_oldest on sealed_value (sealed_at);
create index sealed_value_key on sealed_value (key_id);

-- The application may wrap a data key anew, but not change what it opens.
grant select, insert, delete on sealed_value to ${applicationRole};
grant update (key_id, wrapped_key) on sealed_value to ${applicationRole};
