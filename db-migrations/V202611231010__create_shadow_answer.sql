-- What a version that answers unseen would have offered, against what was: no drug, no patient.
create table shadow_answer (
    id                bigint           generated always as identity primary key,
    recommendation_id uuid             not null references recommendation on delete cascade,
    model             text             not null,
    -- The version that answered, and the one that is compared with it
    answered          text             not null,
    version           text             not null,
    failed            boolean          not null,
    -- Drugs that both offer by drugs that either offers, 0 to 1
    agreement         double precision check (agreement between 0 and 1),
    -- Suggestions served that the version would have made, too
    made_too          uuid[]           not null,
    -- Of the two predictions, each with its wait for a pass
    answered_us       bigint           not null,
    latency_us        bigint           not null,
    check (failed = (agreement is null))
);

create index shadow_answer_recommendation on shadow_answer (recommendation_id);
create index shadow_answer_version on shadow_answer (model, version, answered);
create index recommendation_model on recommendation (model_name, model_version);

grant select, insert on shadow_answer to ${applicationRole};

-- Which suggestions doctors accepted, beside what became of the card
alter table served_suggestion
    add column accepted boolean not null default false;

update served_suggestion suggestion
set accepted = true
from served_card card
where card.id = suggestion.card_id
  and card.outcome = 'accepted'
  and (select suggestion.id::text = any (string_to_array(event.accepted_suggestions, ' '))
       from feedback_event event
       where event.card_id = card.id::text
         and not event.orphan
       order by least(event.outcome_at, event.received_at) desc, event.id desc
       limit 1);

grant update (accepted) on served_suggestion to ${applicationRole};
