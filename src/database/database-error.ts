/** The one error class of everything that talks to a live database, with a closed list of reasons and plain sentences. */

import { tlsCode, tlsFailure } from './tls-failure.ts';

export type DatabaseFailure =
  | 'refused'
  | 'unknown-host'
  | 'password'
  | 'no-database'
  | 'no-role'
  | 'not-allowed'
  | 'ssl'
  | 'timeout'
  | 'too-many-connections'
  | 'starting'
  | 'lost'
  | 'permission'
  | 'wrong-host'
  | 'unsupported'
  | 'query';

export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly reason: DatabaseFailure;
  /** PostgreSQL's code where the server itself answered. */
  readonly sqlstate: string | null;

  constructor(reason: DatabaseFailure, message: string, sqlstate: string | null = null) {
    super(message);
    this.reason = reason;
    this.sqlstate = sqlstate;
  }
}

/** Where an error came from, as a message may say it: never a password. */
export interface FailureContext {
  /** As `displayTarget` gives it. */
  readonly target: string;
  readonly phase: 'connect' | 'query';
}

/** Turns whatever a driver threw into a DatabaseError; one that is already passes through. */
export function toDatabaseError(error: unknown, context: FailureContext): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const { code, message, names } = fieldsOf(error);
  const reason = reasonOf(code, message, context.phase);
  const detail = reason === 'ssl' ? tlsFailure(code, message, names) : message;
  return new DatabaseError(
    reason,
    sentence(reason, context, detail),
    /^[0-9A-Z]{5}$/.test(code) ? code : null,
  );
}

interface ErrorFields {
  readonly code: string;
  readonly message: string;
  /** What a refused certificate is made out for. */
  readonly names: string | null;
}

function fieldsOf(error: unknown): ErrorFields {
  // Node tries each address of a name and gathers the failures.
  const one = error instanceof AggregateError ? (error.errors[0] ?? error) : error;
  const code = typeof one === 'object' && one !== null && 'code' in one ? String(one.code) : '';
  const { cert } = Object(one) as { readonly cert?: { readonly subjectaltname?: string } };
  return {
    code,
    message: one instanceof Error ? one.message : String(one),
    names: cert?.subjectaltname ?? null,
  };
}

function reasonOf(code: string, message: string, phase: FailureContext['phase']): DatabaseFailure {
  const known = reasonByCode[code];
  if (known === 'not-allowed' && /does not exist/.test(message)) return 'no-role';
  // Before a session there is nothing to lose.
  if (known === 'lost' && phase === 'connect') return 'refused';
  if (known) return known;
  if (/password must be a|no password|SASL.*password|pgpass/i.test(message)) return 'password';
  if (/timeout expired|timed? ?out/i.test(message)) return 'timeout';
  if (tlsCode.test(code) || /SSL|TLS|certificate/i.test(message)) return 'ssl';
  if (/terminated|ended|closed|not queryable/i.test(message) || code.startsWith('08')) {
    return phase === 'connect' ? 'refused' : 'lost';
  }
  return phase === 'connect' ? 'refused' : 'query';
}

/** Codes of Node's sockets, then SQLSTATEs. */
const reasonByCode: Readonly<Record<string, DatabaseFailure>> = {
  ECONNREFUSED: 'refused',
  ENOENT: 'refused',
  EACCES: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'lost',
  EPIPE: 'lost',
  '28P01': 'password',
  '28000': 'not-allowed',
  '3D000': 'no-database',
  '53300': 'too-many-connections',
  '57014': 'timeout',
  '55P03': 'timeout',
  '57P01': 'lost',
  '57P02': 'lost',
  '57P03': 'starting',
  '57P05': 'lost',
  '42501': 'permission',
};

/** What stands in the place of an answer that did not come. */
export const noAnswer = 'timed out: no answer came';

function sentence(reason: DatabaseFailure, { target, phase }: FailureContext, detail: string): string {
  switch (reason) {
    case 'refused':
      return `Nothing answers at ${target}. Start the server, or correct the host and port.`;
    case 'unknown-host':
      return `The host of ${target} is not known. Check its spelling and your network.`;
    case 'password':
      return `The server refused the password for ${target}. Enter it again.`;
    case 'no-database':
      return `The database of ${target} does not exist. Create it, or correct its name.`;
    case 'no-role':
      return `The user of ${target} does not exist. Create the role, or correct its name.`;
    case 'not-allowed':
      return `The server does not let this user in at ${target}: ${detail}. Check the role and pg_hba.conf.`;
    case 'ssl':
      return `No secure connection to ${target}: ${detail}`;
    case 'timeout':
      if (phase === 'connect')
        return `${target} did not answer in time. Check the host, the port and any firewall between.`;
      return detail === noAnswer
        ? `${target} did not answer in time. It may be frozen, overloaded or cut off.`
        : `${target} took too long to answer: ${detail}.`;
    case 'too-many-connections':
      return `${target} has no connection left. Close some, or raise max_connections.`;
    case 'starting':
      return `${target} is starting or shutting down. Trying again.`;
    case 'lost':
      return `The connection to ${target} was lost. Trying again.`;
    case 'permission':
      return `The user of ${target} may not read this: ${detail}. Grant pg_read_all_stats or SELECT.`;
    case 'wrong-host':
    case 'unsupported':
      return detail;
    case 'query':
      return `${target} answered: ${detail}.`;
  }
}
