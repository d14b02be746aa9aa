/**
 * Statements that are asked again and again, with their plans kept on the server: to plan a question over the views of
 * the catalog costs more than to answer it. Plans are kept only where the session is the server's own: behind a pooler
 * they would stay with a session that somebody else is given next.
 */
import pg from 'pg';

/** With what stands in the place of its `$1`, whose type the statement tells by a cast. */
export interface AskedStatement {
  readonly statement: string;
  readonly argument: string;
}

/** How a session takes a list of statements. */
type Manner =
  | { readonly kind: 'written-out' }
  /** `planned`: the list whose plans the session has; null for none. */
  | { readonly kind: 'planned'; planned: readonly string[] | null };

export class KeptPlans {
  readonly #manners = new WeakMap<pg.Client, Manner>();

  /**
   * `ask` sends several statements as one text; `preface` stands before them and prepares nothing. Asked through a client
   * for the first time, there is one round trip more. Rejects as `ask` does.
   */
  async ask<Answer>(
    client: pg.Client,
    {
      preface,
      statements,
    }: { readonly preface: string; readonly statements: readonly (string | AskedStatement)[] },
    ask: (text: string) => Promise<Answer>,
  ): Promise<Answer> {
    const manner = this.#manners.get(client) ?? (await mannerOf(client));
    this.#manners.set(client, manner);
    if (manner.kind === 'written-out') return ask(textOf(preface, statements.map(writtenOut)));
    const wanted = statements.map(textOfStatement);
    const isPlanned =
      manner.planned?.every((one, index) => one === wanted[index]) && manner.planned.length === wanted.length;
    // What fails half-way leaves the plans in doubt.
    manner.planned = null;
    const preparing = isPlanned
      ? []
      : ['DEALLOCATE ALL', ...wanted.map((statement, index) => `PREPARE ${planName(index)} AS ${statement}`)];
    const executing = statements.map(
      (statement, index) =>
        `EXECUTE ${planName(index)}${typeof statement === 'string' ? '' : `(${literal(statement)})`}`,
    );
    const answer = await ask(textOf(preface, [...preparing, ...executing]));
    manner.planned = wanted;
    return answer;
  }
}

function textOfStatement(asked: string | AskedStatement): string {
  return typeof asked === 'string' ? asked : asked.statement;
}

function writtenOut(asked: string | AskedStatement): string {
  return typeof asked === 'string' ? asked : asked.statement.replaceAll('$1', () => literal(asked));
}

function literal({ argument }: AskedStatement): string {
  return pg.escapeLiteral(argument);
}

/** A pooler gives its clients numbers of its own. */
async function mannerOf(client: pg.Client): Promise<Manner> {
  const { rows } = await client.query<{ readonly pid: number }>('SELECT pg_catalog.pg_backend_pid() AS pid');
  const { processID } = client as unknown as { readonly processID: number | null };
  return rows[0]?.pid === processID ? { kind: 'planned', planned: null } : { kind: 'written-out' };
}

function planName(index: number): string {
  return `database_patterns_${index}`;
}

function textOf(preface: string, statements: readonly string[]): string {
  return [preface, ...statements].join(';\n');
}
