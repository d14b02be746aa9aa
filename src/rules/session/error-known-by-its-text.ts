/** `if "duplicate key" in str(error)`: the text is the server's, in the server's language. */
import type { Comparison, Expression } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';

export const errorKnownByItsText: Rule = {
  id: 'error-known-by-its-text',
  category: 'session',
  since: '0.1.0',
  severity: 'information',
  preset: 'strict',
  fix: null,
  documentation: {
    summary: 'A database error is told by the words of its message',
    why: 'The text of an error changes with the version and with `lc_messages`: a German server says „doppelter Schlüsselwert“. The code then takes the wrong branch, a retry loop does not retry, or a duplicate becomes a 500.',
    instead:
      'Ask for the SQLSTATE, `error.orig.sqlstate == "23505"` (`pgcode` with psycopg2), or for the class that the driver gives, and for the name of the constraint.',
    references: ['https://www.postgresql.org/docs/current/errcodes-appendix.html'],
  },
  examples: [
    {
      bad: 'from sqlalchemy.exc import IntegrityError\n\n\ndef register(session: Session, name: str) -> bool:\n    try:\n        session.add(User(name=name, age=1))\n        session.commit()\n    except IntegrityError as error:\n        session.rollback()\n        return "duplicate key" not in str(error)\n    return True',
      good: 'from sqlalchemy.exc import IntegrityError\n\n\ndef register(session: Session, name: str) -> bool:\n    try:\n        session.add(User(name=name, age=1))\n        session.commit()\n    except IntegrityError as error:\n        session.rollback()\n        return getattr(error.orig, "sqlstate", None) != "23505"\n    return True',
    },
  ],
  check: { expressions: { comparison: checkComparison } },
};

const errors =
  /\b(?:IntegrityError|OperationalError|DBAPIError|DatabaseError|ProgrammingError|SQLAlchemyError|DataError)\b/;
const words =
  /duplicate key|unique constraint|violates|already exists|deadlock|could not serialize|foreign key|not-null|does not exist|server closed|connection/i;

function checkComparison(node: Comparison, context: FileContext): void {
  const [rest] = node.rest;
  if (node.rest.length !== 1 || (rest?.operator !== 'in' && rest?.operator !== 'not in')) return;
  const text = node.left.kind === 'string' ? node.left.value : null;
  const name = messageOf(rest.right);
  if (text === null || !words.test(text) || name === null || !isCaught(name, context)) return;
  context.report({
    range: node,
    message: 'The words of this error depend on the server’s version and language: ask for its SQLSTATE',
  });
}

/** `str(error)`, `str(error.orig)`, `error.args[0]`, `str(error).lower()`: the name of the error. */
function messageOf(node: Expression): string | null {
  if (node.kind === 'call') {
    if (node.function.kind === 'attribute') return messageOf(node.function.value);
    return node.function.kind === 'name' &&
      (node.function.id === 'str' || node.function.id === 'repr') &&
      node.arguments[0]
      ? messageOf(node.arguments[0].value)
      : null;
  }
  if (node.kind === 'attribute' || node.kind === 'subscript') return messageOf(node.value);
  return node.kind === 'name' ? node.id : null;
}

function isCaught(name: string, { file, ancestors }: FileContext): boolean {
  return ancestors.some(
    each =>
      each.kind === 'try' &&
      each.handlers.some(
        handler =>
          handler.name?.id === name &&
          handler.type !== null &&
          errors.test(file.text.slice(handler.type.start, handler.type.end)),
      ),
  );
}
