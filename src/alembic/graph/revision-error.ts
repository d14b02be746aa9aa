/** Why an identifier names no revision, in Alembic's words. Thrown and caught inside of this room only. */
export class RevisionError extends Error {
  override readonly name = 'RevisionError';
  /** What the command line says, where that differs from the inner message. */
  readonly commandMessage: string;

  constructor(message: string, commandMessage: string = message) {
    super(message);
    this.commandMessage = commandMessage;
  }
}

export type Resolution<Value> =
  | { readonly kind: 'resolved'; readonly value: Value }
  /** `message` is what the alembic command prints, `detail` the reason inside of it. */
  | { readonly kind: 'error'; readonly message: string; readonly detail: string };

/** Runs what may throw a RevisionError; anything else is a defect and goes on. */
export function resolution<Value>(resolve: () => Value): Resolution<Value> {
  try {
    return { kind: 'resolved', value: resolve() };
  } catch (error) {
    if (error instanceof RevisionError)
      return { kind: 'error', message: error.commandMessage, detail: error.message };
    throw error;
  }
}

export function multipleHeads(heads: readonly string[], argument: string): RevisionError {
  return new RevisionError(
    `Multiple heads are present for given argument '${argument}'; ${heads.join(', ')}`,
    `Multiple head revisions are present for given argument '${argument}'; please specify a specific target revision, '<branchname>@${argument}' to narrow to a specific head, or 'heads' for all heads`,
  );
}

export function unresolved(message: string, argument: string): RevisionError {
  return new RevisionError(message, `Can't locate revision identified by '${argument}'`);
}
