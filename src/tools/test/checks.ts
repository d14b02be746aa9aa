/** The stages that are one or two commands each: formatting and lint rules, types, generated files, the package. */
import { access, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  checkCommand,
  failure,
  installedProgram,
  type Stage,
  type StageContext,
  type StageResult,
  sum,
} from './stage.ts';

export const checkFormatAndLint: Stage = context =>
  checkCommand(installedProgram(context.root, 'biome'), ['check', '.'], at(context));

/** The pages of panels see a browser's libraries, and all else sees Node's. */
export const checkTypes: Stage = async context => {
  const tsc = installedProgram(context.root, 'tsc');
  const check = (parameters: readonly string[]) =>
    checkCommand(tsc, ['--noEmit', ...parameters], at(context));
  return sum([await check([]), await check(['--project', 'src/panels'])]);
};

export const checkGenerated: Stage = context =>
  checkCommand(process.execPath, ['src/tools/generate.ts', '--check'], at(context));

export const packageFile = (root: string): string => join(root, 'database-patterns.vsix');

/** Through the scripts of package.json, because that is how everybody else builds it. */
export const buildAndPackage: Stage = async context => {
  await rm(packageFile(context.root), { force: true });
  const built = await npmRun(context, 'build');
  if (built.failed > 0) return built;
  process.env.DBPATTERNS_BUILT = 'true'; // Tests of the built programs need not build again.
  const packaged = await npmRun(context, 'package');
  if (packaged.failed > 0) return packaged;
  return access(packageFile(context.root)).then(
    () => packaged,
    () => failure(`npm run package did not write ${packageFile(context.root)}.`),
  );
};

function npmRun(context: StageContext, script: string): Promise<StageResult> {
  return checkCommand('npm', ['run', '--silent', script], at(context));
}

function at({ root, signal }: StageContext) {
  const PATH = `${join(root, 'node_modules', '.bin')}:${dirname(process.execPath)}:${process.env.PATH}`;
  return { cwd: root, signal, env: { ...process.env, PATH, NO_COLOR: '1' } };
}
