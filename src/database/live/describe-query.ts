/**
 * Parse and Describe of the unnamed statement, without Bind and Execute: PostgreSQL checks the statement and runs
 * nothing. Speaks through `pg`'s interface for queries of one's own.
 */
import type { EventEmitter } from 'node:events';
import type { DescribedField } from '../catalog-names.ts';

/** The part of pg's Connection that this uses; its published types leave half of it out. */
interface Wire extends EventEmitter {
  parse(query: { readonly text: string; readonly name: string; readonly types: readonly number[] }): void;
  describe(statement: { readonly type: 'S'; readonly name: string }): void;
  sync(): void;
}

export interface Description {
  readonly parameters: readonly number[];
  readonly fields: readonly DescribedField[];
}

export class DescribeQuery {
  readonly result: Promise<Description>;
  readonly #sql: string;
  readonly #types: readonly number[];
  readonly #settle: PromiseWithResolvers<Description>;
  #wire: Wire | null = null;
  #parameters: readonly number[] = [];
  #fields: readonly DescribedField[] = [];

  /** `types` are object identifiers of `$1…$n`; 0 lets the server choose. */
  constructor(sql: string, types: readonly number[] = []) {
    this.#sql = sql;
    this.#types = types;
    this.#settle = promiseWithResolvers();
    this.result = this.#settle.promise;
  }

  submit(connection: unknown): void {
    const wire = connection as Wire;
    this.#wire = wire;
    // pg hands parameterDescription to no query, so it is heard on the connection.
    wire.on('parameterDescription', this.#onParameters);
    wire.parse({ text: this.#sql, name: '', types: this.#types });
    wire.describe({ type: 'S', name: '' });
    wire.sync();
  }

  handleRowDescription(message: { readonly fields: readonly DescribedField[] }): void {
    this.#fields = message.fields;
  }

  handleReadyForQuery(): void {
    this.#release();
    this.#settle.resolve({ parameters: this.#parameters, fields: this.#fields });
  }

  handleError(error: Error): void {
    this.#release();
    this.#settle.reject(error);
  }

  readonly #onParameters = (message: { readonly dataTypeIDs: readonly number[] }): void => {
    this.#parameters = message.dataTypeIDs;
  };

  #release(): void {
    this.#wire?.off('parameterDescription', this.#onParameters);
  }
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

/** `Promise.withResolvers` is not in Node 20. */
function promiseWithResolvers<T>(): PromiseWithResolvers<T> {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
