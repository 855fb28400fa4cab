-- What was served, to whom, by which model. Rows are appended and never changed.
create table recommendation (
    id              uuid        primary key,
    served_at       timestamptz not null,
    service_id      text        not null,
    hook_instance   uuid        not null,
    patient_id      text        not null,
    encounter_id    text,
    model_name      text        not null,
    model_version   text        not null,
    knowledge       text        not null,
    evidence_digest text        not null,
    probabilities   text        not null,
    omissions       text        not null,
    cards           text        not null,
    latency_ms      bigint      not null
);

create index recommendation_newest on recommendation (served_at desc, id);
create index recommendation_encounter on recommendation (patient_id, encounter_id, served_at);

-- Cards and suggestions by the identifiers that feedback uses.
create table served_card (
    id                uuid primary key,
    recommendation_id uuid not null references recommendation
);

create index served_card_recommendation on served_card (recommendation_id);

create table served_suggestion (
    id       uuid    primary key,
    card_id  uuid    not null references served_card,
    drug     text    not null,
    position integer not null
);

create index served_suggestion_card on served_suggestion (card_id);
