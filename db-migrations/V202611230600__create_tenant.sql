-- The EHRs that may call. Keys are public ones only.
create table tenant (
    id         text        primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    issuer     text        not null unique,
    enabled    boolean     not null,
    settings   text        not null,
    version    integer     not null,
    changed_at timestamptz not null
);

-- Tokens seen, by digest of their jti: whichever replica writes the row first answers the call.
create table used_jti (
    tenant     text        not null,
    digest     bytea       not null,
    expires_at timestamptz not null,
    primary key (tenant, digest)
);

create index used_jti_expired on used_jti (expires_at);

-- Token buckets of the request limits, shared by the replicas; their state is Bucket4j's.
create table tenant_bucket (
    id    text primary key,
    state bytea
);

grant select, insert, update on tenant to ${applicationRole};
grant select, insert, delete on used_jti to ${applicationRole};
grant select, insert, update on tenant_bucket to ${applicationRole};
