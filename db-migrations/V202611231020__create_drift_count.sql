-- What versions are asked and what they answer in use, in the bins of their training profiles only.
-- A value that fewer than ten people had in training has no bin of its own, so nobody can be found
-- by a rare one, and there is nothing to erase or to purge.
create table drift_count (
    model   text   not null,
    version text   not null,
    -- In UTC
    day     date   not null,
    field   text   not null check (field in ('answer', 'code', 'drug', 'length', 'unknown')),
    bin     text   not null,
    count   bigint not null check (count > 0),
    primary key (model, version, day, field, bin)
);

grant select, insert, update on drift_count to ${applicationRole};
