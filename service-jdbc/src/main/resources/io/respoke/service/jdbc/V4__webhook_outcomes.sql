-- How an event ended that is kept to be shown and sent again; all of it is null while the event waits.
alter table respoke_event add column delivered boolean;
alter table respoke_event add column attempts integer;
alter table respoke_event add column attempted_at bigint;
alter table respoke_event add column took_millis bigint;
alter table respoke_event add column answer_status integer;
alter table respoke_event add column problem varchar(1000000);
