/** Add Pool Telemetry: a module that tells what only the process knows of its pool, and the call that makes it watch the engine. */
import { joined } from '../model/edit-target.ts';
import { accessOf, besideEngine, engineProblem, renderNewModule } from '../module-scaffold.ts';
import { snakeOf } from '../names.ts';
import type { EngineThing, ProjectFacts } from '../project-facts.ts';
import { addImports, insertAt, lineEnd } from '../python-code/add-imports.ts';
import { importOwn } from '../python-code/import-own.ts';
import { quoted } from '../python-code/quoting.ts';
import { assignedName } from '../python-syntax.ts';
import { failed, type Rendering, type Scaffold, type ScaffoldFile } from '../scaffold.ts';
import { telemetrySource } from './telemetry-source.ts';

export const poolTelemetryScaffold: Scaffold = {
  kind: 'pool-telemetry',
  title: 'Add Pool Telemetry',
  problem: engineProblem,
  questions: () => [],
  check: () => null,
  render,
};

const name = 'pool_telemetry';

function render(facts: ProjectFacts): Rendering {
  const access = accessOf(facts);
  if (!access) return failed(engineProblem(facts) ?? '');
  const { engine } = access;
  const watched = watchEdits(facts, engine);
  if (watched === null)
    return failed(`${engine.name} was not found in ${engine.path}. Save the file and try again.`);
  // Events are those of the synchronous engine, which an async one has inside.
  return renderNewModule(
    facts,
    { name, source: telemetrySource(facts.style), concurrency: 'async' },
    watched,
  );
}

function watchEdits(facts: ProjectFacts, engine: EngineThing): readonly ScaffoldFile[] | null {
  const file = facts.fileAt(engine.path);
  const made = file?.syntax?.body.find(each => assignedName(each) === engine.name);
  if (!file || !made) return null;
  const watched = engine.concurrency === 'async' ? `${engine.name}.sync_engine` : engine.name;
  const application = quoted(snakeOf(facts.package.module).replaceAll('_', '-') || 'app', facts.style);
  const need = importOwn(facts, { name: 'watch_pool', module: besideEngine(facts, name).module }, file);
  const call = `watch_pool(${watched}, ${quoted(engine.name, facts.style)}, ${application})`;
  const edits = [...addImports(file, [need], facts), insertAt(lineEnd(file.text, made.end), `\n${call}`)];
  return [{ kind: 'edit', path: file.path, edits: joined(edits) }];
}
