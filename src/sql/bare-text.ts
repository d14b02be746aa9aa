/** SQL without what may hold any word: quoted names, strings and comments. For guesses; the parser needs none. */

const quoted = /'(?:[^']|'')*'|"[^"]*"|--[^\n]*|\/\*[\s\S]*?\*\//g;

export function bareText(sql: string): string {
  return sql.replace(quoted, ' ');
}
