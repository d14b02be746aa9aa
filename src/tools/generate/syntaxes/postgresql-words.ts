/** PostgreSQL's words by what an editor colours alike. Words that are mostly names of columns, such as `name`, are left out. */

export const keywords = `
  abort add all alter always analyse analyze and any array as asc asymmetric at attach authorization begin between both by
  cascade case check checkpoint close cluster collate collation column comment commit concurrently conflict constraint copy
  create cross cube cycle database deallocate declare default deferrable deferred delete desc detach disable discard distinct do
  domain drop each else enable end except excluded exclude execute exists explain extension fetch filter first following for
  force foreign from full function generated grant grouping having identity if ilike immediate in include index inherits
  initially inner insert instead intersect into is isnull join key last lateral leading left like limit listen local lock locked
  logged match materialized matched merge natural next no not nothing notify notnull nowait nulls of off offset on only or order
  ordinality outer over overlaps overriding partition placing policy preceding prepare primary procedure publication range
  recursive references refresh reindex release rename replace reset restart restrict returning returns revoke right rollback
  rollup row rows rule savepoint schema security select sequence session set sets share show similar skip some start statement
  stored subscription symmetric system table tables tablesample tablespace temp temporary then ties to trailing transaction
  trigger truncate type unbounded union unique unlisten unlogged update using vacuum valid validate values variadic view volatile
  when where window with within without work zone`;

export const types = `
  bigint bigserial bit boolean bool bytea char character cidr citext date daterange decimal double float4 float8 hstore inet
  int int2 int4 int4range int8 int8range integer interval json jsonb macaddr money numeric numrange oid point precision real
  regclass serial smallint smallserial text time timestamp timestamptz timetz tsquery tsrange tstzrange tsvector uuid varbit
  varchar vector xml`;

export const constants = `
  current_catalog current_date current_role current_schema current_time current_timestamp current_user false localtime
  localtimestamp null session_user true`;
