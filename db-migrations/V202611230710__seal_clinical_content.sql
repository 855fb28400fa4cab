-- Clinical content goes into sealed_value; entries from before it was sealed keep theirs here.
alter table recommendation
    alter column probabilities drop not null,
    alter column omissions drop not null,
    alter column cards drop not null;

alter table feedback_event
    add column sealed_words boolean not null default false;

-- For retention and erasure
create index recommendation_oldest on recommendation (served_at, id);
create index feedback_event_oldest on feedback_event (received_at) where orphan;

grant delete on recommendation, served_card, served_suggestion, feedback_event
    to ${applicationRole};
