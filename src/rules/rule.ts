/**
 * The contract of a rule: identity, documentation, examples and check in one object in one file named by its id.
 * Registry, settings, rule pages and the README's table are generated from these objects.
 */

import type { RevisionGraph } from '../alembic/graph/graph.ts';
import type { ActionKind } from '../alembic/simulation/action.ts';
import type { TextEdit } from '../base/edit.ts';
import type { TextRange } from '../base/range.ts';
import type { Expression, Statement } from '../python/syntax.ts';
import type { ParsedSql, SqlSyntaxError, SqlToken } from '../sql/parser.ts';
import type { FlowFact } from '../sqlalchemy/flow-fact.ts';
import type { GivenValue } from '../sqlalchemy/given-value.ts';
import type { Model } from '../sqlalchemy/model.ts';
import type { FileFacts, SourceFile, SqlAlchemyProject } from '../sqlalchemy/project.ts';
import type { RawSql, RenderedStatement, StatementFact } from '../sqlalchemy/statement.ts';
import type { FixKind, Severity } from './finding.ts';
import type { OptionValue, RuleOption } from './rule-option.ts';
import type {
  ActionSubject,
  EnvironmentSubject,
  RevisionSubject,
} from './shared/revisions/revision-subject.ts';
import type { VerdictError } from './shared/statements/verdict-error.ts';

export const ruleCategories = ['query', 'sql', 'model', 'session', 'engine', 'migration'] as const;

export type RuleCategory = (typeof ruleCategories)[number];

/** Each preset holds the one before it. */
export type Preset = 'recommended' | 'strict' | 'all';

export interface Rule {
  /** Kebab case; the file's name. */
  readonly id: string;
  readonly category: RuleCategory;
  /** Version of the extension that first had it. */
  readonly since: string;
  readonly severity: Severity;
  /** The smallest preset that holds it. */
  readonly preset: Preset;
  /** The strongest fix that it offers, or null. */
  readonly fix: FixKind | null;
  readonly documentation: RuleDocumentation;
  /** What projects may set besides the severity and the files in which it is silent. */
  readonly options?: readonly RuleOption[];
  readonly examples: readonly RuleExample[];
  readonly check: RuleListeners;
}

export interface RuleDocumentation {
  /** One sentence without a full stop, for lists: what the mistake is. */
  readonly summary: string;
  /** What happens at run time, and why people write it. Markdown. */
  readonly why: string;
  /** What to write instead. Markdown. */
  readonly instead: string;
  /** Addresses of the manuals that say so. */
  readonly references: readonly string[];
}

/**
 * A bad example gives exactly one finding of its rule; a good one gives none from any rule. Each is the text of a
 * Python file beside the example project (`example-project.ts`).
 */
export interface RuleExample {
  readonly bad: string;
  readonly good: string;
  /** Content of the project's `requirements.txt`, where the versions of packages decide. */
  readonly requirements?: string;
  /** Other files that stand beside both, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What a rule wants to see. Each listener gets one thing at a time, in source order. */
export interface RuleListeners {
  /** Python expressions of the given kinds, in files that mention SQLAlchemy or a model. */
  readonly expressions?: ExpressionListeners;
  /** Python statements of the given kinds. */
  readonly statements?: StatementListeners;
  /** Models declared in the file. */
  readonly model?: (model: Model, context: FileContext) => void;
  /** Statements that the file builds. */
  readonly query?: (statement: StatementFact, context: FileContext) => void;
  /** Each form of SQL that stands in the file as text. */
  readonly sql?: (subject: SqlSubject, context: FileContext) => void;
  /** What is certain to happen to sessions and objects when the code runs. */
  readonly flow?: (fact: FlowFact, context: FileContext) => void;
  /** PostgreSQL's objections to a form of a statement. */
  readonly verdict?: (subject: VerdictSubject, context: FileContext) => void;
  /** What PostgreSQL says of the statements that it accepts. */
  readonly description?: (subject: DescribedSubject, context: FileContext) => void;
  /** Each environment's revision graph, once. */
  readonly graph?: (subject: GraphSubject, context: GraphContext) => void;
  /** What a revision's upgrade does to the database, directives and SQL alike. */
  readonly actions?: ActionListeners;
  /** Each revision as a whole. */
  readonly revision?: (subject: RevisionSubject, context: RevisionContext) => void;
  /** Each migration environment, once. */
  readonly environment?: (subject: EnvironmentSubject, context: EnvironmentContext) => void;
}

export type ExpressionListeners = {
  readonly [Kind in Expression['kind']]?: (
    node: Extract<Expression, { kind: Kind }>,
    context: FileContext,
  ) => void;
};

export type StatementListeners = {
  readonly [Kind in Statement['kind']]?: (
    node: Extract<Statement, { kind: Kind }>,
    context: FileContext,
  ) => void;
};

export type ActionListeners = {
  readonly [Kind in ActionKind]?: (subject: ActionSubject<Kind>, context: RevisionContext) => void;
};

export interface SqlSubject {
  readonly statement: StatementFact;
  readonly raw: RawSql;
  /** Of `raw.form.sql`, comments left out; empty where a literal is not closed. */
  readonly tokens: readonly SqlToken[];
  /** Null where it cannot be parsed, and where it has holes. */
  readonly parsed: ParsedSql | null;
  readonly error: SqlSyntaxError | null;
  readonly drivers: AssumedDrivers;
}

export type SqlDriver = 'asyncpg' | 'psycopg' | 'psycopg2' | 'pg8000' | 'aiosqlite' | 'pysqlite';

/** Drivers that may send a statement of SQLAlchemy's, and what says so. */
export interface AssumedDrivers {
  readonly names: ReadonlySet<SqlDriver>;
  readonly from: 'engine' | 'configuration' | 'default' | 'call';
}

export interface VerdictSubject {
  readonly statement: StatementFact;
  readonly form: RenderedStatement;
  readonly error: VerdictError;
}

/** A statement of which PostgreSQL accepts forms, and what it takes their parameters for. */
export interface DescribedSubject {
  readonly statement: StatementFact;
  readonly forms: readonly DescribedForm[];
  /** Those that may send it. */
  readonly drivers: AssumedDrivers;
}

export interface DescribedForm {
  readonly form: RenderedStatement;
  /** Of `$1…$n`, as `format_type` names them. */
  readonly parameterTypes: readonly string[];
  /** Names of the columns of its rows; none where it gives no rows. */
  readonly columns: readonly string[];
  /** Of `$1…$n`: every value that is seen to be sent for it. */
  readonly given: readonly (readonly GivenValue[])[];
  /** What it says where the driver sends the types that the values have; null where it has nothing against them. */
  readonly refusal: VerdictError | null;
}

export interface GraphSubject {
  readonly graph: RevisionGraph;
}

/** What the project wants of the rule that asks. */
export interface OptionContext {
  /** What is chosen for one of the rule's own options, else its default. */
  option<Value extends OptionValue>(option: RuleOption<Value>): Value;
}

/** Everything a listener may know of the file it looks at, and the way to report. */
export interface FileContext extends OptionContext {
  readonly file: SourceFile;
  readonly facts: FileFacts;
  readonly project: SqlAlchemyProject;
  readonly drivers: AssumedDrivers;
  /** Processes that each open the pool of the one engine; null where that is not known. */
  readonly processes: () => number | null;
  /** Nodes around the one being visited, outermost first. */
  readonly ancestors: readonly (Expression | Statement)[];
  report(report: Report): void;
}

export interface GraphContext extends OptionContext {
  report(report: Report & { readonly path: string }): void;
}

export interface RevisionContext extends OptionContext {
  /** The revision's own file. */
  readonly file: SourceFile;
  readonly facts: FileFacts;
  readonly project: SqlAlchemyProject;
  report(report: Report): void;
}

export interface EnvironmentContext extends GraphContext {
  readonly project: SqlAlchemyProject;
  /** Text of a file of the environment, such as alembic.ini. */
  readonly textOf: (path: string) => string | undefined;
}

export interface Report {
  readonly range: TextRange;
  readonly message: string;
  /** Where this case is milder than the rule's own severity. */
  readonly severity?: Severity;
  /** Edits of the file that the report stands in, best first. */
  readonly fixes?: readonly ReportedFix[];
}

export interface ReportedFix {
  readonly title: string;
  /** The rule's own kind where not given. */
  readonly kind?: FixKind;
  readonly edits: readonly TextEdit[];
}
