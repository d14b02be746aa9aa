/** Words by which the SQL of other databases is known: PostgreSQL's parser has nothing to say of it. */

const words =
  /`\w+`|\bauto_?increment\b|\bengine\s*=\s*\w|\bpragma\s+\w|^\s*go\s*$|\bn?varchar2?\s*\(\s*max\s*\)|\bnvarchar\b|\bvarchar2\b|\btinyint\b|\b(?:long|medium)text\b|^\s*delimiter\b|\binsert\s+or\s+(?:replace|ignore)\b|\binsert\s+ignore\b|\breplace\s+into\b|\bon\s+duplicate\s+key\b|\bunsigned\b|\bidentity\s*\(\s*1|\bnumber\s*\(|\bfrom\s+dual\b|\bsqlite_\w+|\bsysdate\b|\bselect\s+top\s+\d|\bconvert\s*\(\s*\w+\s+using\b/im;

export function speaksOtherDatabase(sql: string): boolean {
  return words.test(sql);
}
