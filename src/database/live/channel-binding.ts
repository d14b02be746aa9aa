/** What libpq's `channel_binding=require` asks for and `pg` does not look at. */
import type { EventEmitter } from 'node:events';
import type pg from 'pg';

/** The part of pg's Connection that this uses. */
interface Wire extends EventEmitter {
  readonly stream: { destroy(error: Error): void };
}

const bound = 'SCRAM-SHA-256-PLUS';

/**
 * Connects, and gives the connection up before any proof of the password is sent, unless that proof is bound to the
 * server's certificate. Rejects as `connect` does.
 */
export async function connectBound(client: pg.Client): Promise<void> {
  const { connection: wire } = client as unknown as { readonly connection: Wire };
  let refused: Error | null = null;
  let offered = false;
  const refuse = () => {
    refused = new Error('SSL: no channel binding');
    wire.stream.destroy(refused);
  };
  wire.once('authenticationSASL', ({ mechanisms }: { readonly mechanisms: readonly string[] }) => {
    offered = mechanisms.includes(bound);
    if (!offered) refuse();
  });
  for (const event of ['authenticationCleartextPassword', 'authenticationMD5Password'])
    wire.once(event, refuse);
  // A server that asks for nothing proves nothing.
  wire.once('authenticationOk', () => {
    if (!offered) refuse();
  });
  await client.connect();
  // A server may be ready in the same breath.
  if (refused !== null) throw refused;
}
