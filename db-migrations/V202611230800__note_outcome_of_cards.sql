-- What counts of all feedback about a card, so that the log can be searched by it. The events
-- themselves stay in feedback_event.
alter table served_card
    add column outcome text check (outcome in ('accepted', 'overridden'));

update served_card card
set outcome = (select event.outcome
               from feedback_event event
               where event.card_id = card.id::text
                 and not event.orphan
               order by least(event.outcome_at, event.received_at) desc, event.id desc
               limit 1);

grant update (outcome) on served_card to ${applicationRole};
