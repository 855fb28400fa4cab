-- Of a tenant in dry-run everything is computed and logged, and no card is shown.
alter table recommendation
    add column dry_run boolean not null default false;
