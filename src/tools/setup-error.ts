/**
 * The one error of the tools that is the machine's fault and not the code's: something is missing or unreachable.
 * Its message is a single line that says what is wrong and what to do; programs print it and exit with code 2.
 */

export class SetupError extends Error {
  override readonly name = 'SetupError';
}

export const SETUP_EXIT_CODE = 2;

const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|NameResolutionError|NewConnectionError|Temporary failure (in name )?resol|Could not resolve|ConnectTimeoutError/;

/** Whether a package manager's output says that its registry could not be reached. */
export function saysUnreachable(output: string): boolean {
  return UNREACHABLE.test(output);
}
