/** Words by which the SQL of other databases is known: PostgreSQL's parser has nothing to say of it. */
import { nearestName } from '../base/suggest.ts';
import { bareText } from './bare-text.ts';

const mysql = [
  /`\w+`/,
  /\bauto_?increment\b/i,
  /\bengine\s*=\s*\w/i,
  /\btinyint\b|\b(?:long|medium)text\b|\bunsigned\b/i,
  /^\s*delimiter\b/im,
  /\binsert\s+ignore\b|\breplace\s+into\b|\bon\s+duplicate\s+key\b/i,
  /\bconvert\s*\(\s*\w+\s+using\b/i,
  /\breferenced_(?:table|column)_name\b/i,
  /\bshow\s+(?:tables|databases|columns|index|create)\b/i,
];

const sqlServer = [
  /^\s*go\s*$/im,
  /\bn?varchar2?\s*\(\s*max\s*\)|\bnvarchar\b/i,
  /\bidentity\s*\(\s*1|\bset\s+identity_insert\b/i,
  /\bselect\s+top\s+\d/i,
  /\bexec(?:ute)?\s+sp_\w|^\s*exec\s+\w|\bdbcc\s+\w/im,
  /\bsys\.(?:objects|tables|columns|indexes|foreign_keys)\b/i,
  /\b(?:from|into|update|table)\s+\[\w+\]/i,
];

const oracle = [
  /\bvarchar2\b|\bnumber\s*\(/i,
  /\bfrom\s+dual\b|\bsysdate\b|\bora_hash\s*\(/i,
  /\b(?:all|dba)_(?:tables|constraints|tab_columns|indexes)\b/i,
];

const sqlite = [
  /\bpragma\s+\w/i,
  /\bcreate\s+(?:temp(?:orary)?\s+)?table\b[^;]*\)\s*(?:strict|without\s+rowid)\s*(?:[;,]|$)/i,
  /\binsert\s+or\s+(?:replace|ignore)\b/i,
  /\bsqlite_\w/i,
  /\bjson_extract\s*\(/i,
  /\bstrftime\s*\(|\bjulianday\s*\(/i,
  // PostgreSQL's `time(3)` is a type.
  /\btime\s*\(\s*[a-z_"]/i,
];

const duckdb = [
  /\bfrom\s+'[^'\n]+\.(?:csv|parquet|json|ndjson)(?:\.gz)?'/i,
  /\bread_(?:csv|parquet|json)(?:_auto)?\s*\(/i,
];

const words = [...mysql, ...sqlServer, ...oracle, ...sqlite];

const otherNames =
  /(?<![a-z])(?:py)?(?:mysql|mariadb|sqlite\d?|mssql|sql_?server|oracle|clickhouse|snowflake|bigquery|duckdb|redshift|spark|hive|presto|trino|databricks|cockroach(?:db)?|spanner|teradata|vertica|starrocks)(?![a-z])/i;

/** By the names of the file and its folder. */
export function isNamedForOtherDatabase(path: string): boolean {
  const names = path.split('/').slice(-2).join('/');
  return otherNames.test(names) && !/postgres|(?<![a-z])pg(?![a-z])/i.test(names);
}

const commands = new Set(
  `abort alter analyse analyze begin call checkpoint close cluster comment commit copy create deallocate declare delete
  discard do drop end execute explain fetch grant import insert listen load lock merge move notify prepare reassign refresh
  reindex release repack reset revoke rollback savepoint security select set show start table truncate unlisten update
  vacuum values with`.split(/\s+/),
);

/** A statement that begins with a word of another tool, such as `TRANSFER` or `VSET`; a misspelt command is no such word. */
export function beginsWithOtherTool(statement: string): boolean {
  const word = /^[a-z]+\b/i.exec(statement)?.[0]?.toLowerCase();
  return word !== undefined && !commands.has(word) && nearestName(word, commands) === undefined;
}

export function speaksOtherDatabase(sql: string): boolean {
  const bare = bareText(sql);
  return words.some(each => each.test(bare)) || duckdb.some(each => each.test(sql));
}
