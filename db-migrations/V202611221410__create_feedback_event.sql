-- What doctors did with cards. Several events for one card are legal: the last one counts.
create table feedback_event (
    id                   bigint generated always as identity primary key,
    received_at          timestamptz not null,
    service_id           text        not null,
    card_id              text        not null,
    outcome              text        not null check (outcome in ('accepted', 'overridden')),
    outcome_at           timestamptz not null,
    accepted_suggestions text        not null,
    reason_system        text,
    reason_code          text,
    reason_display       text,
    user_comment         text,
    -- the card was never served by this Medcue
    orphan               boolean     not null
);

create index feedback_event_card on feedback_event (card_id, outcome_at, id);
