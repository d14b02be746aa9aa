/** How a program of the tools ends that was stopped, or that the machine does not let run. */
import { SETUP_EXIT_CODE, SetupError } from './setup-error.ts';
import { STOPPED_EXIT_CODE } from './stop-signal.ts';

/** Says in one line why it ended. Throws the error again where it is the code's fault. */
export function explainedExitCode(error: unknown, signal: AbortSignal): number {
  if (signal.aborted) {
    console.error('Stopped.');
    return STOPPED_EXIT_CODE;
  }
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  return SETUP_EXIT_CODE;
}
