/**
 * `npm run test:electron`: the editor tests in the desktop build of VS Code, which @vscode/test-electron downloads.
 * Ends with the line `N passed, N failed`. Exit code 1 when something failed, 2 when the machine lacks something.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
} from '@vscode/test-electron';
import { startBridge } from '../../test/editor/bridge.ts';
import { BRIDGE_VARIABLE } from '../../test/editor/bridge-protocol.ts';
import { bundleSuite } from '../../test/editor/bundle-suite.ts';
import { desktopWindow } from '../../test/editor/desktop-window.ts';
import { prepareFixture } from '../../test/editor/fixture.ts';
import { cacheRoot } from './bootstrap-cache.ts';
import { QUIET_SETTINGS, type Trust } from './code-server.ts';
import { runOrThrow } from './command.ts';
import { explainedExitCode } from './explained-exit-code.ts';
import { freePort } from './free-port.ts';
import { SetupError } from './setup-error.ts';
import { stopSignal } from './stop-signal.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { buildAndPackage, packageFile } from './test/checks.ts';
import { stageResult } from './test/editor.ts';
import { type StageResult, sum } from './test/stage.ts';

const root = join(import.meta.dirname, '..', '..');
const output = join(root, 'test', 'output', 'desktop');
const DOWNLOAD_TIMEOUT_MS = 60_000;

const signal = stopSignal();
try {
  const { passed, failed, output: report } = await runInDesktop();
  if (failed > 0) console.log(report);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  process.exitCode = explainedExitCode(error, signal);
}

async function runInDesktop(): Promise<StageResult> {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new SetupError(
      'The desktop VS Code needs a display: run the command under xvfb-run, then try again.',
    );
  }
  const executable = await download();
  await using scratch = await temporaryFolder('electron');
  const built = await buildAndPackage({ root, scratch: scratch.path, postgresUrl: undefined, signal });
  if (built.failed > 0) return built;
  await mkdir(output, { recursive: true });
  const results: StageResult[] = [built];
  for (const trust of ['trusted', 'restricted'] as const) results.push(await runSuite(executable, trust));
  return sum(results);
}

/** The stable release, kept in the cache folder and checked for updates by the library itself. */
async function download(): Promise<string> {
  const cachePath = join(cacheRoot(), 'vscode-desktop');
  await mkdir(cachePath, { recursive: true });
  try {
    return await downloadAndUnzipVSCode({ version: 'stable', cachePath, timeout: DOWNLOAD_TIMEOUT_MS });
  } catch {
    throw new SetupError(
      'The desktop build of VS Code cannot be downloaded: check the network, or run "npm run test:editor", which needs npm packages only.',
    );
  }
}

async function runSuite(executable: string, trust: Trust): Promise<StageResult> {
  await using fixture = await prepareFixture(signal);
  const suite = await bundleSuite(trust, output);
  const port = await freePort();
  await using window = desktopWindow(port, output);
  await using bridge = await startBridge(window.act);
  const userData = join(fixture.folder, 'user-data');
  const own = [`--user-data-dir=${userData}`, `--extensions-dir=${join(fixture.folder, 'extensions')}`];
  await mkdir(join(userData, 'User'), { recursive: true });
  await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify(QUIET_SETTINGS));
  await installPackage(executable, own);
  // Electron does not run as root in its sandbox.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const trusted = trust === 'trusted' ? ['--disable-workspace-trust'] : [];
  // The library throws for any exit code but 0; the results say more about a failed test than that.
  const code = await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: suite.extension,
    extensionTestsPath: suite.entry,
    extensionTestsEnv: { [BRIDGE_VARIABLE]: bridge.url },
    launchArgs: [fixture.workspace, ...own, ...sandbox, ...trusted, `--remote-debugging-port=${port}`],
  }).catch((error: unknown) => String(error));
  const crash = bridge.results.length === 0 ? `The suite ended without a result (${code}).` : undefined;
  return stageResult({ results: bridge.results, crash });
}

async function installPackage(executable: string, own: readonly string[]): Promise<void> {
  const [cli = '', ...args] = resolveCliArgsFromVSCodeExecutablePath(executable, {
    reuseMachineInstall: true,
  });
  await runOrThrow(cli, [...args, ...own, '--install-extension', packageFile(root), '--force'], { signal });
}
