-- Versions of knowledge that model versions may cite. The files lie in the registry's folder; what they must be
-- is here. A version has no state and never changes: it is used as far as a model version cites it.
create table knowledge_version (
    name          text        not null check (name ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    version       text        not null check (version ~ '^[0-9]+(\.[0-9A-Za-z-]+)*$' and length(version) <= 40),
    -- SHA-256 of its SHA256SUMS, which holds those of the other files
    digest        text        not null,
    registered_at timestamptz not null,
    primary key (name, version)
);

grant select, insert on knowledge_version to ${applicationRole};
