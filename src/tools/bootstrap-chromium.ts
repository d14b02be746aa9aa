/** Finds a browser of the Chromium family for the editor tests, or installs Debian's where that is possible. */
import { installDebianPackages } from './bootstrap-debian.ts';
import { run } from './command.ts';
import { findProgram } from './find-program.ts';
import { SetupError } from './setup-error.ts';

const PROGRAMS = [
  'chromium',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/** The path of a browser that runs. `DBPATTERNS_CHROMIUM` names one that is not found by itself. */
export async function chromium(signal?: AbortSignal): Promise<string> {
  const found = await runningBrowser(signal);
  if (found !== undefined) return found;
  const outcome = await installDebianPackages(['chromium'], signal);
  const installed = await runningBrowser(signal);
  if (installed !== undefined) return installed;
  const reason =
    outcome.kind === 'failed'
      ? `apt-get could not install it: ${lastLine(outcome.output)}`
      : 'none was found';
  throw new SetupError(
    `The editor tests need Chromium, Chrome or Edge, and ${reason}. Install one, or name it in DBPATTERNS_CHROMIUM.`,
  );
}

/** A browser is taken only if it answers: Ubuntu's `chromium-browser`, for one, may be a stub. */
async function runningBrowser(signal: AbortSignal | undefined): Promise<string | undefined> {
  const named = process.env.DBPATTERNS_CHROMIUM;
  for (const name of named ? [named] : PROGRAMS) {
    const program = findProgram(name);
    if (program !== undefined && (await run(program, ['--version'], { signal })).code === 0) return program;
  }
  return undefined;
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}
