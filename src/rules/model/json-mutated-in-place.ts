/** `user.settings["a"] = 1`: a change inside a JSON or array value that the session does not see. */
import { literalPattern } from '../../base/literal-pattern.ts';
import { sliceOf, type TextRange } from '../../base/range.ts';
import type { AugmentedAssignment, Call, Expression } from '../../python/syntax.ts';
import { findNodePath } from '../../python/walk.ts';
import type { ColumnAttribute, Model } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';
import { isTestModule } from '../shared/code/deliberate-change.ts';
import { functionAround } from '../shared/code/function-around.ts';

type Name = Expression & { readonly kind: 'name' };
type Attribute = Expression & { readonly kind: 'attribute' };

export const jsonMutatedInPlace: Rule = {
  id: 'json-mutated-in-place',
  category: 'model',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A JSON or array value is changed in place, and the change is not saved',
    why: 'The session notices when an attribute is set, not when the dict or list in it changes: nothing is flushed, and after the commit the old value is back. Nothing raises.',
    instead:
      'Set a new value: `user.settings = {**user.settings, "a": 1}`; declare the column as `MutableDict.as_mutable(JSONB)`, or call `flag_modified(user, "settings")`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/extensions/mutable.html'],
  },
  examples: [
    {
      bad: 'from sqlalchemy import JSON\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    data: Mapped[dict] = mapped_column(JSON)\n\n\ndef mark(session: Session, note: Note) -> None:\n    note.data["seen"] = True\n    session.commit()',
      good: 'from sqlalchemy import JSON\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    data: Mapped[dict] = mapped_column(JSON)\n\n\ndef mark(session: Session, note: Note) -> None:\n    note.data = {**note.data, "seen": True}\n    session.commit()',
    },
  ],
  check: {
    expressions: { call: checkCall },
    statements: {
      assignment: (node, context) => {
        for (const target of node.targets) checkTarget(target, context);
      },
      'augmented-assignment': (node, context) => {
        checkTarget(node.target, context);
        checkOperator(node, context);
      },
      delete: (node, context) => {
        for (const target of node.targets) checkTarget(target, context);
      },
    },
  },
};

const mutators: ReadonlySet<string> = new Set([
  'append',
  'extend',
  'insert',
  'remove',
  'pop',
  'popitem',
  'clear',
  'update',
  'setdefault',
  'sort',
  'reverse',
]);

function checkCall(node: Call, context: FileContext): void {
  if (node.function.kind !== 'attribute' || !mutators.has(node.function.attribute.id)) return;
  checkValue(node.function.value, node, context);
}

function checkTarget(target: Expression, context: FileContext): void {
  if (target.kind === 'subscript') checkValue(target.value, target, context);
}

/** `user.tags += ["a"]` changes the list and sets it to itself, in which the session sees no difference. */
function checkOperator(node: AugmentedAssignment, context: FileContext): void {
  if (node.target.kind !== 'attribute' || isTestModule(context.file.name)) return;
  const found = columnOf(node.target, context);
  if (!found || isTracked(found, 'outermost', context) || isFlagged(context)) return;
  const isCollection =
    found.column.sqlType?.endsWith('[]') || /^(dict|list)\b/i.test(found.column.annotation ?? '');
  const changes =
    node.operator === '|' || (node.operator === '+' && (isCollection || node.value.kind === 'list'));
  if (changes) report(found, node, context);
}

/** `changed` is what is changed in place: the attribute, an element of it, or a name for it. */
function checkValue(changed: Expression, range: Expression, context: FileContext): void {
  // Tests prepare objects so, and read them back from the same session.
  if (isTestModule(context.file.name)) return;
  const named = changed.kind === 'name' ? attributeNamed(changed, context) : null;
  const attribute = named ?? attributeBehind(changed);
  const found = attribute && columnOf(attribute, context);
  if (!found || isTracked(found, changed.kind === 'subscript' ? 'all' : 'outermost', context)) return;
  if (isSaved(attribute, named && (changed as Name), context) || isHandedOn(attribute, range, context))
    return;
  report(found, range, context);
}

function report({ model, column }: FoundColumn, range: TextRange, context: FileContext): void {
  const message = `The session does not see a change inside ${model.name}.${column.name}: it is not saved; set a new value`;
  context.report({
    range,
    message: column.tracked
      ? `${message}, since its type sees changes of the outermost value only`
      : `${message} or use MutableDict`,
  });
}

/** `user.settings` of `user.settings["a"]["b"]`. */
function attributeBehind(changed: Expression): Attribute | null {
  let inner = changed;
  while (inner.kind === 'subscript') inner = inner.value;
  return inner.kind === 'attribute' ? inner : null;
}

/**
 * `user.settings` where the name is bound once in the function, by `name = user.settings`, and the session is told to save
 * after it was changed: what is changed to be returned or sent is not meant to be saved.
 */
function attributeNamed(name: Name, context: FileContext): Attribute | null {
  const around = functionAround(context);
  if (around === undefined) return null;
  const text = sliceOf(context.file.text, around);
  const bound = [
    ...text.matchAll(new RegExp(`(?<![.\\w])${name.id}\\b[^\\n=(\\[.]*(?:(?<![=!<>])=(?!=)|\\bin\\b)`, 'g')),
  ];
  const [only] = bound;
  if (!only || bound.length > 1) return null;
  const path = findNodePath(context.file.module, around.start + only.index);
  const assigned = path.find(each => each.kind === 'assignment');
  if (assigned?.targets.length !== 1 || assigned.targets[0]?.start !== around.start + only.index) return null;
  const isKept = /\.(commit|flush)\(/.test(context.file.text.slice(name.end, around.end));
  return isKept && assigned.value?.kind === 'attribute' ? assigned.value : null;
}

interface FoundColumn {
  readonly model: Model;
  readonly column: ColumnAttribute;
}

const plain = /^(JSON|JSONB|HSTORE)$|\[\]$/;

function columnOf(node: Attribute, context: FileContext): FoundColumn | null {
  const owner = context.facts.meaningOf(node.value);
  if (owner.kind !== 'instance' || isNew(node.value, context)) return null;
  const column = owner.model.attributes.find(each => each.name === node.attribute.id);
  if (column?.kind !== 'column' || !plain.test(column.sqlType ?? '')) return null;
  return { model: owner.model, column };
}

/** Types that track changes of the value itself, or of `all` that is in it. */
function isTracked({ column }: FoundColumn, depth: 'outermost' | 'all', { project }: FileContext): boolean {
  if (column.tracked === 'all' || column.tracked === depth) return true;
  // What other packages call so is theirs to say, and a listener may track any column.
  if (!column.tracked && /mutable/i.test(column.type ?? '')) return true;
  return project.filesWith(/\.associate_with(?:_attribute)?\(/).length > 0;
}

/** An object that this function makes is written whole when it is first flushed. */
function isNew(owner: Expression, context: FileContext): boolean {
  if (owner.kind !== 'name') return owner.kind === 'call';
  if (owner.id === 'self') return isMaking(context);
  return new RegExp(`\\b${owner.id}\\b[^=\\n]*=\\s*(await\\s+)?[A-Z]\\w*\\(`).test(functionText(context));
}

/** Inside `__init__`, in what it calls, and in what may run on objects that are being made. */
function isMaking(context: FileContext): boolean {
  const around = functionAround(context);
  if (around === undefined || /^__\w+__$/.test(around.name.id) || around.decorators.length > 0) return true;
  const owner = context.ancestors.findLast(each => each.kind === 'class');
  const make =
    owner?.kind === 'class' &&
    owner.body.find(each => each.kind === 'function' && each.name.id === '__init__');
  return make ? sliceOf(context.file.text, make).includes(`self.${around.name.id}(`) : false;
}

/** The attribute is set anew, or flagged, somewhere in the function. */
function isSaved(node: Attribute, named: Name | null, context: FileContext): boolean {
  if (isFlagged(context)) return true;
  const written = literalPattern(sliceOf(context.file.text, node));
  // Set to the very object that was changed it is as before.
  const itself = named ? `(?!\\s*${named.id}\\s*\\n)` : '';
  return new RegExp(`${written}\\s*(:[^=\\n]+)?=(?!=)${itself}`).test(`${functionText(context)}\n`);
}

/**
 * Read as a whole before the session is told to save: `settings(**user.settings)`, `.values(settings=user.settings)`. Then the change
 * is meant for who gets it.
 */
function isHandedOn(node: Attribute, { end }: TextRange, context: FileContext): boolean {
  const around = functionAround(context);
  if (around === undefined) return false;
  const [after = ''] = context.file.text.slice(end, around.end).split(/\.(?:commit|flush)\(/);
  const written = literalPattern(sliceOf(context.file.text, node));
  const reads = after.matchAll(
    new RegExp(`(?:(\\w+)\\(|[,=*]|\\breturn)\\s*${written}\\s*(?:[,)\\n]|$)`, 'g'),
  );
  return [...reads].some(([, called = '']) => !looking.test(called));
}

/** What only looks at a value. */
const looking = /^(?:print|len|str|repr|bool|isinstance|debug|info|warning|error|exception|log)$/;

function isFlagged(context: FileContext): boolean {
  return /flag_modified|copy|\.changed\(\)/.test(functionText(context));
}

function functionText(context: FileContext): string {
  const around = functionAround(context);
  return around ? sliceOf(context.file.text, around) : context.file.text;
}
