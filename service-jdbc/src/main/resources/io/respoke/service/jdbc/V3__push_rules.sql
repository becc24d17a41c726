create table respoke_push_rules (
  app_key varchar(200) not null primary key,
  document varchar(1000000) not null
);
