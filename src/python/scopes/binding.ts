/** What gives a name its meaning in a scope. */
import type { TextRange } from '../../base/range.ts';
import { lastName } from '../last-name.ts';
import type {
  Assignment,
  AugmentedAssignment,
  ClassDefinition,
  ComprehensionClause,
  Delete,
  ExceptHandler,
  Expression,
  For,
  FunctionDefinition,
  Import,
  ImportFrom,
  Lambda,
  MatchCase,
  NamedExpression,
  Parameter,
  TypeAlias,
  TypeParameter,
  WithItem,
} from '../syntax.ts';

/**
 * When a binding takes effect.
 * - `plain`: whenever its scope runs; also under TYPE_CHECKING, in a `try`, and for a current Python version.
 * - `conditional`: perhaps, in an `if`, loop or `match`.
 * - `fallback`: where something was missing: an `except`, the `else` of TYPE_CHECKING, an old Python version.
 * - `deferred`: in a function that declares the name global or nonlocal, when that is called.
 */
export type BindingBranch = 'plain' | 'conditional' | 'fallback' | 'deferred';

interface BindingBase {
  readonly name: string;
  /** The identifier that is bound. */
  readonly range: TextRange;
  readonly branch: BindingBranch;
}

export type Binding =
  | ImportBinding
  | ImportFromBinding
  | AssignmentBinding
  | AnnotationBinding
  | AugmentedBinding
  | FunctionBinding
  | ClassBinding
  | TypeAliasBinding
  | TypeParameterBinding
  | ParameterBinding
  | ForBinding
  | ComprehensionBinding
  | WithBinding
  | ExceptBinding
  | NamedBinding
  | MatchBinding
  | DeleteBinding;

/** `import a.b` binds `a` to the module `a`; `import a.b as c` binds `c` to `a.b`. */
export interface ImportBinding extends BindingBase {
  readonly kind: 'import';
  readonly node: Import;
  /** The module that the name stands for. */
  readonly module: string;
}

export interface ImportFromBinding extends BindingBase {
  readonly kind: 'import-from';
  readonly node: ImportFrom;
  readonly module: string;
  readonly level: number;
  /** The name in that module. */
  readonly imported: string;
}

export interface AssignmentBinding extends BindingBase {
  readonly kind: 'assignment';
  readonly node: Assignment;
  readonly annotation: Expression | null;
  /** What is assigned. Where a sequence is unpacked and its parts are not written out, the whole sequence. */
  readonly value: Expression;
  readonly unpacked: boolean;
}

/** `name: T` without a value. */
export interface AnnotationBinding extends BindingBase {
  readonly kind: 'annotation';
  readonly node: Assignment;
  readonly annotation: Expression;
}

export interface AugmentedBinding extends BindingBase {
  readonly kind: 'augmented-assignment';
  readonly node: AugmentedAssignment;
}

export interface FunctionBinding extends BindingBase {
  readonly kind: 'function';
  readonly node: FunctionDefinition;
}

export interface ClassBinding extends BindingBase {
  readonly kind: 'class';
  readonly node: ClassDefinition;
}

export interface TypeAliasBinding extends BindingBase {
  readonly kind: 'type-alias';
  readonly node: TypeAlias;
}

export interface TypeParameterBinding extends BindingBase {
  readonly kind: 'type-parameter';
  readonly node: TypeParameter;
}

export interface ParameterBinding extends BindingBase {
  readonly kind: 'parameter';
  readonly node: FunctionDefinition | Lambda;
  readonly parameter: Parameter;
}

export interface ForBinding extends BindingBase {
  readonly kind: 'for';
  readonly node: For;
}

export interface ComprehensionBinding extends BindingBase {
  readonly kind: 'comprehension';
  readonly node: ComprehensionClause;
}

export interface WithBinding extends BindingBase {
  readonly kind: 'with';
  readonly node: WithItem;
  readonly async: boolean;
}

export interface ExceptBinding extends BindingBase {
  readonly kind: 'except';
  readonly node: ExceptHandler;
}

/** `name := value`. */
export interface NamedBinding extends BindingBase {
  readonly kind: 'named';
  readonly node: NamedExpression;
}

export interface MatchBinding extends BindingBase {
  readonly kind: 'match';
  readonly node: MatchCase;
}

export interface DeleteBinding extends BindingBase {
  readonly kind: 'delete';
  readonly node: Delete;
}

/**
 * The bindings that a use may mean: fallbacks only where there is nothing else, and nothing that a later plain binding
 * replaced. With an offset, for a use in the very scope of the bindings, only those before it where there are any.
 */
export function effectiveBindings(bindings: readonly Binding[], offset?: number): readonly Binding[] {
  if (bindings.length < 2) return bindings;
  const before = offset === undefined ? [] : bindings.filter(binding => boundFrom(binding) <= offset);
  const reachable = before.length > 0 ? before : bindings;
  const intended = reachable.filter(
    binding =>
      binding.branch !== 'fallback' &&
      binding.kind !== 'delete' &&
      !standsForAnything(binding) &&
      !standsForImport(binding, reachable),
  );
  const candidates = intended.length > 0 ? intended : withoutPlaceholders(reachable);
  const lastPlain = candidates.findLastIndex(
    binding => binding.branch === 'plain' && binding.kind !== 'augmented-assignment',
  );
  return lastPlain < 0 ? candidates : candidates.slice(lastPlain);
}

/** `Base = Any` under TYPE_CHECKING: said to the type checker so that it asks no more; the `else` has the real one. */
function standsForAnything(binding: Binding): boolean {
  if (binding.kind !== 'assignment') return false;
  const { value } = binding;
  const name = lastName(value);
  return name === 'Any' || name === 'object';
}

/** `class Enum` under TYPE_CHECKING whose `else` imports it: written for the type checker, which is told more than the library says. */
function standsForImport(binding: Binding, others: readonly Binding[]): boolean {
  return binding.kind === 'class' && others.some(isImportedElse);
}

function isImportedElse({ kind, branch }: Binding): boolean {
  return branch === 'fallback' && (kind === 'import' || kind === 'import-from');
}

/** Where only placeholders and fallbacks are left, the fallbacks count. */
function withoutPlaceholders(bindings: readonly Binding[]): readonly Binding[] {
  const real = bindings.filter(binding => !standsForAnything(binding) && !standsForImport(binding, bindings));
  return real.length > 0 ? real : bindings;
}

/** Where a binding begins to hold: `x = x + 1` and `class A(A)` still mean the earlier one inside. */
function boundFrom(binding: Binding): number {
  switch (binding.kind) {
    case 'assignment':
    case 'augmented-assignment':
    case 'class':
    case 'function':
    case 'named':
    case 'type-alias':
      return binding.node.end;
    case 'for':
      return binding.node.iterable.end;
    default:
      return binding.range.end;
  }
}
