/** `user.settings["a"] = 1`: a change inside a JSON or array value that the session does not see. */
import { ownerPart } from '../../base/dotted-name.ts';
import { literalPattern } from '../../base/literal-pattern.ts';
import type { Call, Expression, Statement } from '../../python/syntax.ts';
import type { ColumnAttribute, Model } from '../../sqlalchemy/model.ts';
import { isTestModule } from '../deliberate-change.ts';
import type { FileContext, Rule } from '../rule.ts';

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
      'augmented-assignment': (node, context) => checkTarget(node.target, context),
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

/** `changed` is what is changed in place: the attribute, or an element of it. */
function checkValue(changed: Expression, range: Expression, context: FileContext): void {
  // Tests prepare objects so, and read them back from the same session.
  if (isTestModule(context.file.name)) return;
  const attribute = attributeBehind(changed);
  const found = attribute && columnOf(attribute, context);
  if (!found || isTracked(found, context) || isSaved(attribute, context)) return;
  context.report({
    range,
    message: `The session does not see a change inside ${found.model.name}.${found.column.name}: it is not saved; set a new value or use MutableDict`,
  });
}

/** `user.settings` of `user.settings["a"]["b"]`. */
function attributeBehind(changed: Expression): (Expression & { kind: 'attribute' }) | null {
  let inner = changed;
  while (inner.kind === 'subscript') inner = inner.value;
  return inner.kind === 'attribute' ? inner : null;
}

interface FoundColumn {
  readonly model: Model;
  readonly column: ColumnAttribute;
}

const plain = /^(JSON|JSONB|HSTORE)$|\[\]$/;

function columnOf(node: Expression & { kind: 'attribute' }, context: FileContext): FoundColumn | null {
  const owner = context.facts.meaningOf(node.value);
  if (owner.kind !== 'instance' || isNew(node.value, context)) return null;
  const column = owner.model.attributes.find(each => each.name === node.attribute.id);
  if (column?.kind !== 'column' || !plain.test(column.sqlType ?? '')) return null;
  return { model: owner.model, column };
}

/** Types that track changes, wherever they are named: on the column, in the type map, or by `associate_with`. */
function isTracked({ column, model }: FoundColumn, { project }: FileContext): boolean {
  const mutable = /Mutable|as_mutable|associate_with/;
  const own = project.files.get(column.location.path)?.text ?? '';
  if (mutable.test(own)) return true;
  const module = model.base && ownerPart(model.base);
  return (
    project.filesWith(mutable).some(({ name }) => name === module) ||
    project.filesWith(/\.associate_with\(/).length > 0
  );
}

/** An object that this function makes is written whole when it is first flushed. */
function isNew(owner: Expression, context: FileContext): boolean {
  if (owner.kind !== 'name') return owner.kind === 'call';
  const body = functionText(context);
  return (
    new RegExp(`\\b${owner.id}\\b[^=\\n]*=\\s*(await\\s+)?[A-Z]\\w*\\(`).test(body) || owner.id === 'self'
  );
}

/** The attribute is set anew, or flagged, somewhere in the function. */
function isSaved(node: Expression & { kind: 'attribute' }, context: FileContext): boolean {
  const body = functionText(context);
  if (/flag_modified|copy/.test(body)) return true;
  const written = literalPattern(context.file.text.slice(node.start, node.end));
  return new RegExp(`${written}\\s*(:[^=\\n]+)?=(?!=)`).test(body);
}

function functionText({ ancestors, file }: FileContext): string {
  const around = ancestors.find((each): each is Statement => each.kind === 'function');
  return around ? file.text.slice(around.start, around.end) : file.text;
}
