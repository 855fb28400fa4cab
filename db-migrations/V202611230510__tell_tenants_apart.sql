-- Identifiers are unique within a tenant only. 'local' is who calls where client trust is off.
alter table recommendation
    add column tenant  text not null default 'local',
    add column user_id text;

alter table feedback_event
    add column tenant text not null default 'local';

drop index recommendation_encounter;
create index recommendation_encounter
    on recommendation (tenant, patient_id, encounter_id, served_at);
create index recommendation_clinician on recommendation (tenant, user_id, served_at);
