/**
 * How a message between client and server is named and typed. Plain data: neither side's LSP library is known here.
 * Methods start with `databasePatterns/`, so that other editors can tell them from LSP's own.
 */
export interface RequestType<Params, Result> {
  readonly kind: 'request';
  readonly method: string;
  /** Never set: carries the types. */
  readonly types?: { readonly params: Params; readonly result: Result };
}

export interface NotificationType<Params> {
  readonly kind: 'notification';
  readonly method: string;
  /** Never set: carries the types. */
  readonly types?: { readonly params: Params };
}

export function requestType<Params, Result>(topic: string): RequestType<Params, Result> {
  return { kind: 'request', method: `databasePatterns/${topic}` };
}

export function notificationType<Params>(topic: string): NotificationType<Params> {
  return { kind: 'notification', method: `databasePatterns/${topic}` };
}

/** Parameters of messages that need none. JSON-RPC sends an object, so that fields can be added later. */
export type Nothing = Readonly<Record<string, never>>;
