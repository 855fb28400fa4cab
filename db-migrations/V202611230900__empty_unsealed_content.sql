-- Clinical content from before it was sealed stands in clear and never expires. Nothing has been
-- released yet, so there is none that anybody must keep: it goes. The columns stay for
-- replicas that still read them; a later migration drops them.
update recommendation
set probabilities = null,
    omissions     = null,
    cards         = null
where probabilities is not null
   or omissions is not null
   or cards is not null;

-- There were words, which are gone as if they had expired
update feedback_event
set reason_display = null,
    user_comment   = null,
    sealed_words   = true
where reason_display is not null
   or user_comment is not null;
