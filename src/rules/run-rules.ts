/** Runs rules over one file's tree in a single walk, over PostgreSQL's verdicts, and over revision graphs. */
import type { RevisionGraph } from '../alembic/graph/graph.ts';
import type { FunctionDefinition, SyntaxNode } from '../python/syntax.ts';
import type { FileFacts, SourceFile, SqlAlchemyProject } from '../sqlalchemy/project.ts';
import { type ActiveRule, activeRules, contextsFor, type RuleScope, toFinding } from './active-rule.ts';
import type { Finding } from './finding.ts';
import type {
  ActionListeners,
  DescribedSubject,
  FileContext,
  GraphContext,
  RevisionContext,
  Rule,
  SqlSubject,
  VerdictSubject,
} from './rule.ts';
import type { RuleSettings } from './rule-settings.ts';
import type {
  ActionSubject,
  EnvironmentSubject,
  RevisionSubject,
} from './shared/revisions/revision-subject.ts';
import {
  ancestorsOf,
  type ListenersByKind,
  listenersByKind,
  notifier,
  walkWithAncestors,
} from './walk-rules.ts';

/** A set of rules prepared for running: who listens to which kind of node. */
export interface RuleRunner {
  checkFile(scope: RuleScope, path: string): readonly Finding[];
  /** What the rules say of one function by its facts alone; silent are those of `rulesOfMore`. */
  checkFunction(focus: FunctionFocus): readonly Finding[];
  /** Rules that need more than one function: models, and the order of things in a program. */
  readonly rulesOfMore: ReadonlySet<string>;
  /** `facts`: those of the file, where not all of them are to be worked out. */
  checkSql(
    scope: RuleScope,
    file: SourceFile,
    subjects: readonly SqlSubject[],
    facts?: FileFacts,
  ): readonly Finding[];
  checkVerdicts(
    scope: RuleScope,
    file: SourceFile,
    verdicts: readonly VerdictSubject[],
    facts?: FileFacts,
  ): readonly Finding[];
  /** With the facts of one function alone, as `checkFunction` does it. */
  checkDescriptions(
    scope: RuleScope,
    file: SourceFile,
    described: readonly DescribedSubject[],
    facts?: FileFacts,
  ): readonly Finding[];
  checkGraph(graph: RevisionGraph): readonly Finding[];
  checkRevision(scope: RuleScope, subject: RevisionSubject): readonly Finding[];
  checkEnvironment(
    project: SqlAlchemyProject,
    subject: EnvironmentSubject,
    textOf: (path: string) => string | undefined,
  ): readonly Finding[];
}

/** One function of a file, with what is known of it. */
export interface FunctionFocus {
  readonly scope: RuleScope;
  readonly file: SourceFile;
  readonly node: FunctionDefinition;
  readonly facts: FileFacts;
}

export function createRuleRunner(rules: readonly Rule[], settings: RuleSettings): RuleRunner {
  const active = activeRules(rules, settings);
  const listeners = listenersByKind(active);
  const local = active.filter(({ rule }) => !needsMore(rule));
  const localListeners = listenersByKind(local);
  return {
    checkFile: (scope, path) => checkFile(active, listeners, scope, path),
    checkFunction: focus => checkFunction(local, localListeners, focus),
    rulesOfMore: new Set(active.filter(({ rule }) => needsMore(rule)).map(({ rule }) => rule.id)),
    checkSql: (scope, file, subjects, facts) =>
      checkSubjects(active, scope, { file, facts }, subjects, rule => rule.check.sql),
    checkVerdicts: (scope, file, verdicts, facts) =>
      checkSubjects(active, scope, { file, facts }, verdicts, rule => rule.check.verdict),
    checkDescriptions: (scope, file, described, facts) =>
      checkSubjects(
        facts === undefined ? active : local,
        scope,
        { file, facts },
        described,
        rule => rule.check.description,
      ),
    checkGraph: graph => checkGraph(active, graph),
    checkRevision: (scope, subject) => checkRevision(active, scope, subject),
    checkEnvironment: (project, subject, textOf) => checkEnvironment(active, project, subject, textOf),
  };
}

function needsMore({ check }: Rule): boolean {
  const { flow, model, graph, actions, revision, environment } = check;
  return [flow, model, graph, actions, revision, environment].some(each => each !== undefined);
}

function checkFunction(
  active: readonly ActiveRule[],
  listeners: ListenersByKind,
  { scope, file, node, facts }: FunctionFocus,
): readonly Finding[] {
  const findings: Finding[] = [];
  const ancestors: SyntaxNode[] = [...ancestorsOf(file.module, node)];
  const contexts = contextsFor(active, scope, { file, facts, ancestors }, findings);
  walkWithAncestors([node], ancestors, notifier(listeners, contexts));
  for (const { rule } of active) {
    const context = contexts.get(rule.id);
    if (context && rule.check.query) for (const query of facts.statements) rule.check.query(query, context);
  }
  return findings;
}

function checkFile(
  active: readonly ActiveRule[],
  listeners: ListenersByKind,
  scope: RuleScope,
  path: string,
): readonly Finding[] {
  const { project } = scope;
  const file = project.files.get(path);
  if (!file) return [];
  const findings: Finding[] = [];
  const ancestors: SyntaxNode[] = [];
  const contexts = contextsFor(active, scope, { file, ancestors }, findings);
  walkWithAncestors(file.module.body, ancestors, notifier(listeners, contexts));
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

/** Subjects of a file of Python or SQL: the latter is no part of the project. */
function checkSubjects<Subject>(
  active: readonly ActiveRule[],
  scope: RuleScope,
  of: { readonly file: SourceFile; readonly facts: FileFacts | undefined },
  subjects: readonly Subject[],
  listenerOf: (rule: Rule) => ((subject: Subject, context: FileContext) => void) | undefined,
): readonly Finding[] {
  const findings: Finding[] = [];
  if (subjects.length === 0) return findings;
  const contexts = contextsFor(active, scope, { ...of, ancestors: [] }, findings);
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
    each.rule.check.graph?.({ graph }, reporterOf(each, findings));
  }
  return findings;
}

/** What has run already cannot be made otherwise: its findings are there to be read, and ask for nothing. */
function checkRevision(
  active: readonly ActiveRule[],
  scope: RuleScope,
  subject: RevisionSubject,
): readonly Finding[] {
  const file = scope.project.files.get(subject.revision.path);
  if (!file) return [];
  const findings: Finding[] = [];
  const contexts = contextsFor(active, scope, { file, ancestors: [] }, findings);
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
    each.rule.check.environment?.(subject, { project, textOf, ...reporterOf(each, findings) });
  }
  return findings;
}

/** For a rule that looks at more than one file. */
function reporterOf(active: ActiveRule, findings: Finding[]): GraphContext {
  return {
    option: active.option,
    report(report) {
      if (!active.isSilentIn(report.path)) findings.push(toFinding(active, report.path, report));
    },
  };
}
