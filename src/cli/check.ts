/** `dbpatterns check`: the findings that the editor shows, for people, programs and CI. */
import { setImmediate as immediate } from 'node:timers/promises';
import { checkWorkspace } from '../features/checking/check-workspace.ts';
import { checkedConfigurations } from '../features/checking/configuration-findings.ts';
import { uncheckedReasons } from '../features/checking/unchecked-reasons.ts';
import { judgedBy, judgedSource } from '../features/judging/judged-schema.ts';
import { KeptChecks } from '../features/keeping/kept-checks.ts';
import type { Severity } from '../rules/finding.ts';
import { contentDigest } from '../storage/content-digest.ts';
import { keptTreesIn, keyIn, type ProgramMemory } from '../storage/program-memory.ts';
import { decodeSource } from '../workspace/files/decode-source.ts';
import type { FilePort } from '../workspace/files/file-port.ts';
import { type HashedFiles, hashFiles } from '../workspace/files/hashed-files.ts';
import { createNodeFilePort } from '../workspace/files/node-file-port.ts';
import { foreignDatabase } from '../workspace/foreign-database.ts';
import { type CheckOutcome, checkMemory, keptOutcome, openCheckCache } from './check-cache.ts';
import type { Command, CommandStreams, ExitCode } from './command.ts';
import { compileLightly } from './compile-lightly.ts';
import { formatFindings } from './finding-formats.ts';
import { type CliTargets, openTargets, targetsOf } from './open-for-cli.ts';
import { openCliJudge, openShadow } from './open-judge.ts';
import { choice, parseOptions } from './parse-options.ts';
import { type ProgressLine, progressLine } from './progress-line.ts';
import { withTableSizes } from './table-sizes.ts';

const options = {
  format: { type: 'string', default: 'text' },
  schema: { type: 'string' },
  'database-url': { type: 'string' },
  'fail-on': { type: 'string', default: 'error' },
  'no-cache': { type: 'boolean', default: false },
} as const;

export const checkCommand: Command = {
  name: 'check',
  summary: 'Find mistakes in models, statements, SQL and migrations',
  usage:
    'dbpatterns check [PATH…] [--format text|json|sarif|github] [--schema models|migrations|database|none] [--database-url URL] [--fail-on error|warning|never] [--no-cache]',
  async run(parameters, { output, errors, environment, signal }) {
    const started = performance.now();
    const { values, positionals } = parseOptions(parameters, options);
    const format = choice('format', values.format, ['text', 'json', 'sarif', 'github']);
    const failOn = choice('fail-on', values['fail-on'], ['error', 'warning', 'never']);
    const url = values['database-url'];
    const targets = targetsOf(positionals);
    // What a database says may change without any file.
    const isLasting = url === undefined && values.schema !== 'database';
    const cache = values['no-cache'] ? null : openCheckCache(environment);
    const disk = createNodeFilePort();
    const files = cache && isLasting ? await hashFiles(disk, targets.roots, contentDigest, signal) : null;
    const port = files?.port ?? disk;
    const asked = [positionals, process.cwd(), values.schema];
    const key = cache && files && keyIn(cache, 'check', [...asked, files.digest]);
    const kept = cache && key !== null ? keptOutcome(cache, key) : null;
    const question = { targets, port, digestOf: files?.digestOf, url, schema: values.schema };
    const { outcome, isWhole } = kept
      ? { outcome: kept, isWhole: false }
      : await checkShown(question, cache, { environment, signal, errors });
    if (cache && key !== null && isWhole) cache.store.write(key, JSON.stringify(outcome));
    if (outcome.remark !== null) errors.write(`dbpatterns: ${outcome.remark}\n`);
    for (const problem of outcome.problems) errors.write(`dbpatterns: ${problem}\n`);
    const durationMs = Math.round(performance.now() - started);
    output.write(formatFindings(format, { ...outcome, durationMs }, textsOf(port)));
    if (outcome.unjudged !== null) errors.write(`dbpatterns: ${outcome.unjudged}\n`);
    return exitCode(outcome, failOn);
  },
};

interface Question {
  readonly targets: CliTargets;
  readonly port: FilePort;
  /** Where the files were hashed. */
  readonly digestOf: HashedFiles['digestOf'] | undefined;
  readonly url: string | undefined;
  /** As asked for. */
  readonly schema: string | undefined;
}

type CheckStreams = Omit<CommandStreams, 'output'>;

async function checkShown(
  question: Question,
  cache: ProgramMemory | null,
  streams: CheckStreams,
): Promise<Checked> {
  using progress = progressLine(streams.errors);
  return await check(question, cache, streams, progress);
}

interface Checked {
  readonly outcome: CheckOutcome;
  readonly isWhole: boolean;
}

async function check(
  { targets, port, digestOf, url, schema }: Question,
  cache: ProgramMemory | null,
  { environment, signal }: CheckStreams,
  progress: ProgressLine,
): Promise<Checked> {
  using shadow = openShadow();
  const kept = cache && digestOf ? new KeptChecks(checkMemory(cache, targets.roots, digestOf)) : null;
  // After a check before this one nearly all verdicts are known, and often no other is asked for.
  if (schema !== 'none' && schema !== 'database' && !kept?.hasChecks) shadow.start();
  progress.say('Reading the files…');
  const trees = digestOf ? keptTreesIn(cache, targets.roots) : null;
  const opened = await openTargets(targets, port, signal, trees);
  compileLightly();
  const { paths, isAsked } = opened;
  const workspace = await withTableSizes(opened, url, environment);
  const source = choice('schema', schema ?? judgedSource(workspace), [
    'models',
    'migrations',
    'database',
    'none',
  ]);
  const foreign = source === 'none' ? null : foreignDatabase(workspace);
  const remark =
    foreign === null
      ? null
      : `the project names ${foreign} and not PostgreSQL: only names are held against it`;
  progress.say('Building the schema…');
  const judge = await openCliJudge(workspace, { source, url, environment, cache, shadow });
  try {
    const checked = [...paths, ...checkedConfigurations(workspace).filter(isAsked)];
    kept?.follow(workspace, judgedBy(workspace, source));
    progress.say('Checking…');
    const progressed = (done: number) => progress.say(`Checked ${done} of ${checked.length} files`);
    const { isWhole, unchecked, ...result } = await checkWorkspace(workspace, checked, judge, signal, {
      kept,
      progressed,
      pause: immediate,
    });
    return {
      outcome: {
        ...result,
        reasons: uncheckedReasons(unchecked),
        files: paths.length,
        remark,
        unjudged: isWhole || shadow.failure === null ? null : unjudgedFor(shadow.failure),
      },
      isWhole: isWhole && source !== 'database',
    };
  } finally {
    await judge?.dispose();
  }
}

function unjudgedFor(failure: string): string {
  return `the built-in PostgreSQL could not start, since ${failure}: not all SQL was judged, which is no pass. Check again, or with --schema none for the rules alone`;
}

function textsOf(port: FilePort): (path: string) => string | undefined {
  return path => {
    const outcome = port.readNow(path);
    return outcome.kind === 'read' ? decodeSource(outcome.bytes).text : undefined;
  };
}

/** A check that could not judge must not look like one that found nothing. */
function exitCode({ findings, unjudged }: CheckOutcome, failOn: 'error' | 'warning' | 'never'): ExitCode {
  const failing: readonly Severity[] =
    failOn === 'never' ? [] : failOn === 'error' ? ['error'] : ['error', 'warning'];
  if (findings.some(finding => failing.includes(finding.severity))) return 1;
  return unjudged === null ? 0 : 2;
}
