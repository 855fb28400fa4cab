-- Models and the states of their versions. The files lie in the registry's folder; what counts is here.
-- Whoever changes anything of a model locks its row first: changes come one after another.
create table model (
    name     text   primary key check (name ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    revision bigint not null
);

create table model_version (
    model         text             not null references model,
    version       text             not null check (version ~ '^[0-9A-Za-z][0-9A-Za-z.+-]{0,39}$'),
    state         text             not null check (state in
        ('REGISTERED', 'EVALUATED', 'SHADOW', 'CANARY', 'ACTIVE', 'RETIRED', 'REJECTED')),
    shadow        boolean          not null default false,
    canary_share  double precision check (canary_share > 0 and canary_share <= 0.5),
    -- SHA-256 of the manifest, which holds those of the other files
    digest        text             not null,
    -- The version that this one took the place of: where a rollback leads
    replaced      text,
    registered_at timestamptz      not null,
    changed_at    timestamptz      not null,
    primary key (model, version),
    foreign key (model, replaced) references model_version,
    check ((state = 'CANARY') = (canary_share is not null)),
    check (state <> 'SHADOW' or shadow),
    check (not shadow or state in ('SHADOW', 'CANARY'))
);

create unique index model_version_active on model_version (model) where state = 'ACTIVE';
create unique index model_version_canary on model_version (model) where state = 'CANARY';

-- What one admin asked for and another decides.
create table model_request (
    id              uuid        primary key,
    model           text        not null,
    version         text        not null,
    action          text        not null check (action in ('ACTIVATE', 'CANARY')),
    canary_share    double precision,
    requested_by    text        not null,
    requested_at    timestamptz not null,
    reason          text        not null,
    -- Why it may be activated although its figures are worse
    override_reason text,
    status          text        not null check (status in ('OPEN', 'APPROVED', 'DECLINED')),
    decided_by      text,
    decided_at      timestamptz,
    decision_reason text,
    foreign key (model, version) references model_version,
    -- Four eyes; who asked may only take it back
    check (status <> 'APPROVED' or decided_by <> requested_by)
);

create unique index model_request_open on model_request (model, version, action) where status = 'OPEN';

grant select, insert, update on model, model_version, model_request to ${applicationRole};
