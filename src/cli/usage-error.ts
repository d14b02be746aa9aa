/** A wrong call or set-up: printed as one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
