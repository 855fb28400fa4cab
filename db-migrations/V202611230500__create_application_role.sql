-- The service connects as a role that owns nothing: what it may do with a table is granted with the
-- table. Whoever runs the database gives the role a password, or creates it beforehand.
do
$$
begin
    if not exists (select from pg_roles where rolname = '${applicationRole}') then
        create role ${applicationRole} login;
    end if;
end
$$;

grant usage on schema public to ${applicationRole};
grant select, insert on recommendation, served_card, served_suggestion, feedback_event
    to ${applicationRole};
