/**
 * Statements that are asked again and again, with their plans kept on the server: to plan a question over the views of
 * the catalog costs more than to answer it. Plans are kept only where the session is the server's own: behind a pooler
 * they would stay with a session that somebody else is given next.
 */
import type pg from 'pg';

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
    { preface, statements }: { readonly preface: string; readonly statements: readonly string[] },
    ask: (text: string) => Promise<Answer>,
  ): Promise<Answer> {
    const manner = this.#manners.get(client) ?? (await mannerOf(client));
    this.#manners.set(client, manner);
    if (manner.kind === 'written-out') return ask(textOf(preface, statements));
    const isPlanned = manner.planned === statements || manner.planned?.join() === statements.join();
    // What fails half-way leaves the plans in doubt.
    manner.planned = null;
    const preparing = isPlanned
      ? []
      : [
          'DEALLOCATE ALL',
          ...statements.map((statement, index) => `PREPARE ${planName(index)} AS ${statement}`),
        ];
    const executing = statements.map((_, index) => `EXECUTE ${planName(index)}`);
    const answer = await ask(textOf(preface, [...preparing, ...executing]));
    manner.planned = statements;
    return answer;
  }
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
