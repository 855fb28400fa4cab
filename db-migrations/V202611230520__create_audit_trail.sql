-- Who did what. Nobody changes or deletes a row: the application's role lacks the right, and a
-- trigger refuses it to the owner as well. Each row is chained to the one before by SHA-256.
create table audit_event (
    seq           bigint      primary key,
    recorded_at   timestamptz not null,
    action        text        not null,
    failure       text,
    actor_kind    text        not null,
    tenant        text,
    actor         text        not null,
    subject       uuid,
    entity        text,
    details       text        not null,
    previous_hash text        not null,
    hash          text        not null
);

create index audit_event_time on audit_event (recorded_at);
create index audit_event_subject on audit_event (subject, seq) where subject is not null;
create index audit_event_actor on audit_event (actor, seq);

create function refuse_change() returns trigger
    language plpgsql as
$$
begin
    raise exception 'the audit trail is append-only';
end
$$;

create trigger audit_event_rows_stay
    before update or delete on audit_event
    for each row execute function refuse_change();

create trigger audit_event_stays
    before truncate on audit_event
    for each statement execute function refuse_change();

-- Whom a pseudonym of the trail stands for. Forgetting it takes a patient out of the trail without
-- touching a row.
create table audit_subject (
    id         uuid primary key,
    tenant     text not null,
    patient_id text not null,
    unique (tenant, patient_id)
);

grant select, insert on audit_event to ${applicationRole};
grant select, insert, delete on audit_subject to ${applicationRole};
