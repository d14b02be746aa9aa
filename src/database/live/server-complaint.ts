/** What a server says against a statement, as opposed to what happens to a connection. */
import pg from 'pg';
import { DatabaseError } from '../database-error.ts';

/** The server's own words, kept beside the error that callers see and out of what a log would print of it. */
export class ServerComplaint extends DatabaseError {
  readonly #fields: pg.DatabaseError;

  constructor(fields: pg.DatabaseError, error: DatabaseError) {
    super(error.reason, error.message, error.sqlstate);
    this.#fields = fields;
  }

  get fields(): pg.DatabaseError {
    return this.#fields;
  }

  /** A lock, a limit or a fault of the server (classes 53 to 58 and XX) says nothing about the statement. */
  get isJudgement(): boolean {
    return this.sqlstate !== null && !/^(?:5[3-8]|XX)/.test(this.sqlstate);
  }

  /** The server lacks what was asked for, or keeps it from this user: undefined, not supported, not permitted. */
  get isAboutMissing(): boolean {
    return missing.has(this.sqlstate ?? '');
  }
}

const missing = new Set(['42883', '42P01', '42703', '42704', '0A000', '42501', '42601']);

/** Classes 57P and 08 tell about the connection, not the statement. */
export function isComplaint(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && !/^(?:57P|08)/.test(error.code ?? '');
}
