/** Runs rules over one file's tree in a single walk, over PostgreSQL's verdicts, and over revision graphs. */
import type { RevisionGraph } from '../alembic/graph.ts';
import type { SyntaxNode } from '../python/syntax.ts';
import { children } from '../python/walk.ts';
import type { SourceFile, SqlAlchemyProject } from '../sqlalchemy/project.ts';
import type { Finding, Severity } from './finding.ts';
import type { ActionSubject, EnvironmentSubject, RevisionSubject } from './revision-subject.ts';
import type {
  ActionListeners,
  FileContext,
  GraphContext,
  Report,
  RevisionContext,
  Rule,
  SqlSubject,
  VerdictSubject,
} from './rule.ts';
import { type RuleSettings, severityOf } from './rule-settings.ts';

type Listener = (node: SyntaxNode, context: FileContext) => void;

interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity;
}

/** A set of rules prepared for running: who listens to which kind of node. */
export interface RuleRunner {
  checkFile(project: SqlAlchemyProject, path: string): readonly Finding[];
  checkSql(project: SqlAlchemyProject, file: SourceFile, subjects: readonly SqlSubject[]): readonly Finding[];
  checkVerdicts(
    project: SqlAlchemyProject,
    file: SourceFile,
    verdicts: readonly VerdictSubject[],
  ): readonly Finding[];
  checkGraph(graph: RevisionGraph): readonly Finding[];
  checkRevision(project: SqlAlchemyProject, subject: RevisionSubject): readonly Finding[];
  checkEnvironment(
    project: SqlAlchemyProject,
    subject: EnvironmentSubject,
    textOf: (path: string) => string | undefined,
  ): readonly Finding[];
}

export function createRuleRunner(rules: readonly Rule[], settings: RuleSettings): RuleRunner {
  const active = rules.flatMap(rule => {
    const severity = severityOf(rule, settings);
    return severity === null ? [] : [{ rule, severity }];
  });
  const listeners = listenersByKind(active);
  return {
    checkFile: (project, path) => checkFile(active, listeners, project, path),
    checkSql: (project, file, subjects) =>
      checkSubjects(active, project, file, subjects, rule => rule.check.sql),
    checkVerdicts: (project, file, verdicts) =>
      checkSubjects(active, project, file, verdicts, rule => rule.check.verdict),
    checkGraph: graph => checkGraph(active, graph),
    checkRevision: (project, subject) => checkRevision(active, project, subject),
    checkEnvironment: (project, subject, textOf) => checkEnvironment(active, project, subject, textOf),
  };
}

interface KindListener {
  readonly active: ActiveRule;
  readonly listen: Listener;
}

function listenersByKind(active: readonly ActiveRule[]): ReadonlyMap<string, readonly KindListener[]> {
  const byKind = new Map<string, KindListener[]>();
  for (const each of active) {
    const { expressions, statements } = each.rule.check;
    for (const [kind, listen] of Object.entries({ ...expressions, ...statements })) {
      const list = byKind.get(kind) ?? [];
      // The mapped types above pair each kind with its node; a plain table cannot say so.
      list.push({ active: each, listen: listen as Listener });
      byKind.set(kind, list);
    }
  }
  return byKind;
}

function checkFile(
  active: readonly ActiveRule[],
  listeners: ReadonlyMap<string, readonly KindListener[]>,
  project: SqlAlchemyProject,
  path: string,
): readonly Finding[] {
  const file = project.files.get(path);
  if (!file) return [];
  const findings: Finding[] = [];
  const ancestors: SyntaxNode[] = [];
  const contexts = contextsFor(active, project, file, ancestors, findings);
  walkWithAncestors(file.module.body, ancestors, node => {
    for (const { active: each, listen } of listeners.get(node.kind) ?? []) {
      const context = contexts.get(each.rule.id);
      if (context) listen(node, context);
    }
  });
  for (const each of active) {
    const context = contexts.get(each.rule.id);
    if (!context) continue;
    for (const model of each.rule.check.model ? context.facts.models : [])
      each.rule.check.model?.(model, context);
    for (const query of each.rule.check.query ? context.facts.statements : [])
      each.rule.check.query?.(query, context);
    for (const fact of each.rule.check.flow ? project.flowOf(path).facts : [])
      each.rule.check.flow?.(fact, context);
  }
  return findings;
}

/** Pre-order, as a loop: chains of calls nest thousands deep. `ancestors` holds the way to the node being visited. */
function walkWithAncestors(
  body: readonly SyntaxNode[],
  ancestors: SyntaxNode[],
  visit: (node: SyntaxNode) => void,
): void {
  const pending = [body.values()];
  for (let level = pending.at(-1); level !== undefined; level = pending.at(-1)) {
    const next = level.next();
    if (next.done) {
      pending.pop();
      ancestors.pop();
      continue;
    }
    visit(next.value);
    ancestors.push(next.value);
    pending.push(children(next.value).values());
  }
}

/** Subjects of a file of Python or SQL: the latter is no part of the project. */
function checkSubjects<Subject>(
  active: readonly ActiveRule[],
  project: SqlAlchemyProject,
  file: SourceFile,
  subjects: readonly Subject[],
  listenerOf: (rule: Rule) => ((subject: Subject, context: FileContext) => void) | undefined,
): readonly Finding[] {
  const findings: Finding[] = [];
  if (subjects.length === 0) return findings;
  const contexts = contextsFor(active, project, file, [], findings);
  for (const { rule } of active) {
    const [listen, context] = [listenerOf(rule), contexts.get(rule.id)];
    if (!listen || !context) continue;
    for (const subject of subjects) listen(subject, context);
  }
  return findings;
}

function checkGraph(active: readonly ActiveRule[], graph: RevisionGraph): readonly Finding[] {
  const findings: Finding[] = [];
  for (const each of active) {
    const context: GraphContext = { report: report => findings.push(toFinding(each, report.path, report)) };
    each.rule.check.graph?.({ graph }, context);
  }
  return findings;
}

/** What has run already cannot be made otherwise: its findings are there to be read, and ask for nothing. */
function checkRevision(
  active: readonly ActiveRule[],
  project: SqlAlchemyProject,
  subject: RevisionSubject,
): readonly Finding[] {
  const file = project.files.get(subject.revision.path);
  if (!file) return [];
  const findings: Finding[] = [];
  const contexts = contextsFor(active, project, file, [], findings);
  for (const each of active) {
    const context = contexts.get(each.rule.id);
    if (!context) continue;
    each.rule.check.revision?.(subject, context);
    const { actions } = each.rule.check;
    if (actions) for (const step of subject.upgrade) checkStep(actions, { step, revision: subject }, context);
  }
  if (subject.standing.kind === 'pending') return findings;
  return findings.map(finding => ({ ...finding, severity: 'hint' }));
}

function checkStep(
  listeners: ActionListeners,
  subject: Omit<ActionSubject, 'action'>,
  context: RevisionContext,
): void {
  for (const action of subject.step.actions) {
    // The mapped type pairs each kind with its action; looking it up by the kind cannot say so.
    const listen = listeners[action.kind] as
      | ((given: ActionSubject, context: RevisionContext) => void)
      | undefined;
    listen?.({ ...subject, action }, context);
  }
}

function checkEnvironment(
  active: readonly ActiveRule[],
  project: SqlAlchemyProject,
  subject: EnvironmentSubject,
  textOf: (path: string) => string | undefined,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const each of active) {
    const report = (given: Report & { readonly path: string }) =>
      findings.push(toFinding(each, given.path, given));
    each.rule.check.environment?.(subject, { project, textOf, report });
  }
  return findings;
}

function contextsFor(
  active: readonly ActiveRule[],
  project: SqlAlchemyProject,
  file: SourceFile,
  ancestors: readonly SyntaxNode[],
  findings: Finding[],
): ReadonlyMap<string, FileContext> {
  const { path } = file;
  const facts = project.factsOf(path);
  return new Map(
    active.map(each => [
      each.rule.id,
      { file, facts, project, ancestors, report: report => findings.push(toFinding(each, path, report)) },
    ]),
  );
}

function toFinding({ rule, severity }: ActiveRule, path: string, report: Report): Finding {
  return {
    rule: rule.id,
    severity: milder(severity, report.severity ?? severity),
    message: report.message,
    path,
    range: report.range,
    fixes: (report.fixes ?? []).map(fix => ({
      kind: fix.kind ?? rule.fix ?? 'review',
      title: fix.title,
      edits: [{ path, edits: fix.edits }],
    })),
  };
}

const loudness: readonly Severity[] = ['hint', 'information', 'warning', 'error'];

function milder(a: Severity, b: Severity): Severity {
  return loudness.indexOf(a) <= loudness.indexOf(b) ? a : b;
}
