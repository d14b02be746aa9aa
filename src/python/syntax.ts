/**
 * Python's syntax tree as plain data: the only form in which other rooms see Python.
 * Follows CPython's `ast` in names and shapes, with offsets in UTF-16 units instead of lines and columns.
 * Leaves out: comments (see `comments` of the module), tokens, and anything that SQLAlchemy means.
 */
import type { TextRange } from '../base/range.ts';

export type Expression =
  | Name
  | Attribute
  | Call
  | Subscript
  | StringLiteral
  | NumberLiteral
  | ConstantLiteral
  | Sequence
  | DictLiteral
  | BinaryOperation
  | UnaryOperation
  | BooleanOperation
  | Comparison
  | Lambda
  | Conditional
  | Comprehension
  | Await
  | Yield
  | NamedExpression
  | Starred
  | Slice
  | UnreadableExpression;

export interface ExpressionBase extends TextRange {
  /** The range with the outermost parentheses around the expression, where there are any. */
  readonly parenthesized?: TextRange;
}

export interface Name extends ExpressionBase {
  readonly kind: 'name';
  readonly id: string;
}

export interface Attribute extends ExpressionBase {
  readonly kind: 'attribute';
  readonly value: Expression;
  readonly attribute: Identifier;
}

/** An identifier that is not an expression of its own: an attribute's name, a keyword, a parameter. */
export interface Identifier extends TextRange {
  readonly id: string;
}

export interface Call extends ExpressionBase {
  readonly kind: 'call';
  readonly function: Expression;
  readonly arguments: readonly Argument[];
  /** The parentheses with all between them. */
  readonly argumentsRange: TextRange;
}

/** `value`, `keyword=value`, `*value` (a Starred value) or `**value`. */
export interface Argument extends TextRange {
  readonly keyword: Identifier | null;
  /** True for `**value`. */
  readonly unpacked: boolean;
  readonly value: Expression;
}

export interface Subscript extends ExpressionBase {
  readonly kind: 'subscript';
  readonly value: Expression;
  /** Several for `a[b, c]`, as written. */
  readonly indices: readonly Expression[];
}

/** One or more adjacent literals, implicitly joined. */
export interface StringLiteral extends ExpressionBase {
  readonly kind: 'string';
  readonly pieces: readonly StringPiece[];
  /** The joined value, or null where an interpolation makes it unknown. For bytes: one unit a byte. */
  readonly value: string | null;
  readonly bytes: boolean;
}

/** One literal with its own prefix and quotes. */
export interface StringPiece extends TextRange {
  /** Lower-case letters of the prefix, sorted: '', 'r', 'f', 'fr', 'b', 'br', 't', 'rt', 'u'. */
  readonly prefix: string;
  readonly quote: '"' | "'" | '"""' | "'''";
  readonly segments: readonly StringSegment[];
}

export type StringSegment = TextSegment | Interpolation;

/**
 * Part of a literal's value. Either verbatim (as many units in the value as in the source) or exactly one
 * escape sequence, doubled brace or line continuation, so that offsets map both ways.
 */
export interface TextSegment extends TextRange {
  readonly kind: 'text';
  readonly value: string;
}

/** `{expression!r:format}` of an f-string or t-string; the range includes the braces. */
export interface Interpolation extends TextRange {
  readonly kind: 'interpolation';
  readonly expression: Expression;
  /** Interpolations inside the format: `{width}` of `{price:>{width}}`. */
  readonly format: readonly Interpolation[];
}

export interface NumberLiteral extends ExpressionBase {
  readonly kind: 'number';
  readonly type: 'int' | 'float' | 'complex';
  /** As written, underscores included. */
  readonly text: string;
}

export interface ConstantLiteral extends ExpressionBase {
  readonly kind: 'constant';
  readonly value: 'None' | 'True' | 'False' | 'Ellipsis';
}

export interface Sequence extends ExpressionBase {
  readonly kind: 'tuple' | 'list' | 'set';
  readonly elements: readonly Expression[];
}

export interface DictLiteral extends ExpressionBase {
  readonly kind: 'dict';
  readonly entries: readonly DictEntry[];
}

/** `key: value`, or `**value` with a null key. */
export interface DictEntry extends TextRange {
  readonly key: Expression | null;
  readonly value: Expression;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '@' | '**' | '<<' | '>>' | '&' | '|' | '^';

export interface BinaryOperation extends ExpressionBase {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly operatorRange: TextRange;
  readonly left: Expression;
  readonly right: Expression;
}

export interface UnaryOperation extends ExpressionBase {
  readonly kind: 'unary';
  readonly operator: '-' | '+' | '~' | 'not';
  readonly operand: Expression;
}

/** `a and b and c` is one operation with three values, as in `ast`. */
export interface BooleanOperation extends ExpressionBase {
  readonly kind: 'boolean';
  readonly operator: 'and' | 'or';
  readonly values: readonly Expression[];
  /** The operator words between the values. */
  readonly operatorRanges: readonly TextRange[];
}

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'is' | 'is not' | 'in' | 'not in';

/** `a < b < c` has two rests. */
export interface Comparison extends ExpressionBase {
  readonly kind: 'comparison';
  readonly left: Expression;
  readonly rest: readonly ComparisonRest[];
}

export interface ComparisonRest {
  readonly operator: ComparisonOperator;
  readonly operatorRange: TextRange;
  readonly right: Expression;
}

export interface Lambda extends ExpressionBase {
  readonly kind: 'lambda';
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}

export interface Conditional extends ExpressionBase {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

export interface Comprehension extends ExpressionBase {
  readonly kind: 'comprehension';
  readonly type: 'list' | 'set' | 'dict' | 'generator';
  /** The value of a dict comprehension is `value`, its key `element`. */
  readonly element: Expression;
  readonly value: Expression | null;
  readonly clauses: readonly ComprehensionClause[];
}

export interface ComprehensionClause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
  readonly async: boolean;
}

export interface Await extends ExpressionBase {
  readonly kind: 'await';
  readonly value: Expression;
}

export interface Yield extends ExpressionBase {
  readonly kind: 'yield';
  readonly from: boolean;
  readonly value: Expression | null;
}

export interface NamedExpression extends ExpressionBase {
  readonly kind: 'named';
  readonly target: Name;
  readonly value: Expression;
}

export interface Starred extends ExpressionBase {
  readonly kind: 'starred';
  readonly value: Expression;
}

export interface Slice extends ExpressionBase {
  readonly kind: 'slice';
  readonly lower: Expression | null;
  readonly upper: Expression | null;
  readonly step: Expression | null;
}

/** Source that the parser could not make sense of. */
export interface UnreadableExpression extends ExpressionBase {
  readonly kind: 'unreadable';
}

export type Statement =
  | ExpressionStatement
  | Assignment
  | AugmentedAssignment
  | Return
  | Raise
  | Assert
  | Delete
  | SimpleStatement
  | NameDeclaration
  | Import
  | ImportFrom
  | If
  | For
  | While
  | Try
  | With
  | Match
  | FunctionDefinition
  | ClassDefinition
  | TypeAlias
  | UnreadableStatement;

export interface ExpressionStatement extends TextRange {
  readonly kind: 'expression';
  readonly expression: Expression;
}

/** `a = b = value`, `a: T`, `a: T = value`. */
export interface Assignment extends TextRange {
  readonly kind: 'assignment';
  readonly targets: readonly Expression[];
  readonly annotation: Expression | null;
  readonly value: Expression | null;
}

export interface AugmentedAssignment extends TextRange {
  readonly kind: 'augmented-assignment';
  readonly target: Expression;
  readonly operator: BinaryOperator;
  readonly value: Expression;
}

export interface Return extends TextRange {
  readonly kind: 'return';
  readonly value: Expression | null;
}

export interface Raise extends TextRange {
  readonly kind: 'raise';
  readonly exception: Expression | null;
  readonly cause: Expression | null;
}

export interface Assert extends TextRange {
  readonly kind: 'assert';
  readonly test: Expression;
  readonly message: Expression | null;
}

export interface Delete extends TextRange {
  readonly kind: 'delete';
  readonly targets: readonly Expression[];
}

export interface SimpleStatement extends TextRange {
  readonly kind: 'pass' | 'break' | 'continue';
}

export interface NameDeclaration extends TextRange {
  readonly kind: 'global' | 'nonlocal';
  readonly names: readonly Identifier[];
}

export interface Import extends TextRange {
  readonly kind: 'import';
  readonly names: readonly ImportedName[];
}

export interface ImportFrom extends TextRange {
  readonly kind: 'import-from';
  /** Without the leading dots; empty for `from . import x`. */
  readonly module: string;
  /** Number of leading dots. */
  readonly level: number;
  /** Empty for a star import. */
  readonly names: readonly ImportedName[];
  readonly star: boolean;
}

export interface ImportedName extends TextRange {
  /** Dotted for `import a.b`. */
  readonly name: string;
  readonly alias: Identifier | null;
}

export interface If extends TextRange {
  readonly kind: 'if';
  readonly test: Expression;
  readonly body: readonly Statement[];
  /** An `elif` is an If alone in its parent's `otherwise`, as in `ast`. */
  readonly otherwise: readonly Statement[];
}

export interface For extends TextRange {
  readonly kind: 'for';
  readonly async: boolean;
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

export interface While extends TextRange {
  readonly kind: 'while';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

export interface Try extends TextRange {
  readonly kind: 'try';
  readonly body: readonly Statement[];
  readonly handlers: readonly ExceptHandler[];
  readonly otherwise: readonly Statement[];
  readonly finally: readonly Statement[];
}

export interface ExceptHandler extends TextRange {
  readonly type: Expression | null;
  readonly name: Identifier | null;
  /** True for `except*`. */
  readonly group: boolean;
  readonly body: readonly Statement[];
}

export interface With extends TextRange {
  readonly kind: 'with';
  readonly async: boolean;
  readonly items: readonly WithItem[];
  readonly body: readonly Statement[];
}

export interface WithItem extends TextRange {
  readonly context: Expression;
  readonly target: Expression | null;
}

export interface Match extends TextRange {
  readonly kind: 'match';
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}

/** Patterns are kept as the names that they bind; their structure is left out. */
export interface MatchCase extends TextRange {
  readonly bindings: readonly Identifier[];
  readonly guard: Expression | null;
  readonly body: readonly Statement[];
}

/** The range begins at the first decorator, so that a node's range always contains its children's. */
export interface FunctionDefinition extends TextRange {
  readonly kind: 'function';
  readonly async: boolean;
  readonly name: Identifier;
  readonly typeParameters: readonly TypeParameter[];
  readonly parameters: readonly Parameter[];
  readonly returns: Expression | null;
  readonly decorators: readonly Expression[];
  /** Perhaps read when it is asked for: see `function-bodies.ts`. */
  readonly body: readonly Statement[];
}

export interface Parameter extends TextRange {
  readonly kind:
    | 'positional-only'
    | 'positional-or-keyword'
    | 'var-positional'
    | 'keyword-only'
    | 'var-keyword';
  readonly name: Identifier;
  readonly annotation: Expression | null;
  readonly default: Expression | null;
}

/** The range begins at the first decorator, as for functions. */
export interface ClassDefinition extends TextRange {
  readonly kind: 'class';
  readonly name: Identifier;
  readonly typeParameters: readonly TypeParameter[];
  /** Base classes and keywords such as `metaclass=`. */
  readonly arguments: readonly Argument[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
}

export interface TypeAlias extends TextRange {
  readonly kind: 'type-alias';
  readonly name: Identifier;
  readonly typeParameters: readonly TypeParameter[];
  readonly value: Expression;
}

/** `T`, `T: bound`, `*Ts` or `**P` between the brackets of a generic function, class or alias (PEP 695). */
export interface TypeParameter extends TextRange {
  readonly kind: 'type-variable' | 'variadic' | 'parameter-specification';
  readonly name: Identifier;
  readonly bound: Expression | null;
}

export interface UnreadableStatement extends TextRange {
  readonly kind: 'unreadable-statement';
}

export interface Comment extends TextRange {
  /** With the leading `#`. */
  readonly text: string;
}

export interface Module extends TextRange {
  readonly body: readonly Statement[];
  readonly comments: readonly Comment[];
  /** Ranges that the parser skipped or inserted; empty for a file that CPython accepts. */
  readonly errors: readonly TextRange[];
  /** Whether the bodies of its functions are read when they are asked for; none of them declares a name global then. */
  readonly bodies: 'kept' | 'on-demand';
}

export type SyntaxNode = Expression | Statement;
