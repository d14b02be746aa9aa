/** The words that statements of PostgreSQL begin with. */

const statementStart =
  /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()*(?:select|insert|update|delete|with|values|table|merge|create|alter|drop|truncate|comment|grant|revoke|set|show|reset|explain|analyze|vacuum|copy|lock|begin|commit|rollback|savepoint|release|do|call|notify|listen|unlisten|refresh|reindex|cluster|declare|fetch|close|prepare|execute|deallocate|discard|import|reassign|security|start|abort|end|checkpoint|load)\b/i;

export function startsStatement(text: string): boolean {
  return statementStart.test(text);
}
