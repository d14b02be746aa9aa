/** `name = Column(…)` in a mapped class becomes `name: Mapped[…] = mapped_column(…)`. */
import { lastPart } from '../../base/dotted-name.ts';
import { keywordOf } from '../../python/argument-at.ts';
import type {
  Argument,
  Assignment,
  Call,
  ClassDefinition,
  Expression,
  Statement,
} from '../../python/syntax.ts';
import { walkExpressions, walkStatements } from '../../python/walk.ts';
import { fromImport } from '../python-code/import-need.ts';
import { declaredAttribute } from './declared-attribute.ts';
import { type FileConversion, removeArgument } from './file-conversion.ts';
import { optional } from './optional.ts';
import { pythonType } from './python-type.ts';

export function convertColumns(conversion: FileConversion): number {
  let count = 0;
  walkStatements(conversion.file.module, statement => {
    if (statement.kind !== 'class') return;
    for (const each of statement.body) {
      if (each.kind === 'assignment' && convertColumn(each, statement, conversion)) count += 1;
    }
  });
  return count;
}

function convertColumn(statement: Assignment, owner: ClassDefinition, conversion: FileConversion): boolean {
  const call = statement.value;
  const [target] = statement.targets;
  if (call?.kind !== 'call' || target?.kind !== 'name' || !isColumn(call, conversion)) return false;
  const leave = (reason: string): false => {
    conversion.leave(statement, `Column ${owner.name.id}.${target.id}`, reason);
    return false;
  };
  const found = declaredAttribute(conversion, target);
  if (found?.attribute.kind !== 'column') return leave('its class is not known as a mapped class.');
  if (found.model.kind === 'sqlmodel') return false;
  if (statement.annotation !== null || statement.targets.length > 1)
    return leave('it is annotated, or bound to several names.');
  if (call.arguments.some(argument => argument.unpacked || argument.value.kind === 'starred'))
    return leave('some of its arguments are unpacked.');
  const used = usedAsColumn(target.id, owner);
  if (used !== null)
    return leave(`the class uses its attribute ${used}, which mapped_column() does not have.`);
  const nullable = nullability(call, conversion);
  if (nullable === null || nullable.value !== found.attribute.nullable)
    return leave('whether it may be empty is decided elsewhere.');
  const names = namesOf(owner);
  const type = pythonType(found.attribute, typeOf(call, conversion), conversion, names);
  const taken = type.text.match(/\w+/g)?.find((word, index) => index === 0 && names.has(word));
  if (taken !== undefined) return leave(`the class gives the name ${taken} to something else.`);
  const mapped = nullable.value ? optional(type.text, conversion) : { text: type.text, needs: [] };
  conversion.insert(target.end, `: Mapped[${mapped.text}]`);
  conversion.edit(call.function, 'mapped_column');
  if (nullable.argument) removeArgument(conversion, call, nullable.argument);
  conversion.replaced(call.function);
  conversion.need(
    fromImport('sqlalchemy.orm', 'Mapped'),
    fromImport('sqlalchemy.orm', 'mapped_column'),
    ...type.needs,
    ...mapped.needs,
  );
  return true;
}

function isColumn(call: Call, conversion: FileConversion): boolean {
  return conversion.libraryName(call.function) === 'sqlalchemy.Column';
}

/** What the annotation says instead of `nullable=`; null where that is no constant. */
function nullability(
  call: Call,
  conversion: FileConversion,
): { readonly value: boolean; readonly argument: Argument | undefined } | null {
  const argument = keywordOf(call, 'nullable');
  if (argument) {
    const { value } = argument;
    if (value.kind !== 'constant' || (value.value !== 'True' && value.value !== 'False')) return null;
    return { value: value.value === 'True', argument };
  }
  const key = keywordOf(call, 'primary_key')?.value;
  const isKey = key?.kind === 'constant' && key.value === 'True';
  const isIdentity = call.arguments.some(
    ({ value }) => value.kind === 'call' && conversion.libraryName(value.function) === 'sqlalchemy.Identity',
  );
  return { value: !isKey && !isIdentity, argument: undefined };
}

const noTypes: ReadonlySet<string> = new Set(
  'ForeignKey Identity Sequence Computed FetchedValue DefaultClause ColumnDefault CheckConstraint'.split(' '),
);

/** The argument that is the type: the first that is neither the name nor a constraint. */
function typeOf(call: Call, conversion: FileConversion): Expression | null {
  const positional = call.arguments.filter(argument => argument.keyword === null).map(({ value }) => value);
  const [first, second] = positional[0]?.kind === 'string' ? positional.slice(1) : positional;
  const named = keywordOf(call, 'type_')?.value;
  const candidate = named ?? first ?? second ?? null;
  if (candidate === null) return null;
  const name = conversion.libraryName(candidate.kind === 'call' ? candidate.function : candidate);
  return name !== null && noTypes.has(lastPart(name)) ? null : candidate;
}

const columnMembers: ReadonlySet<string> = new Set(
  'type key name table nullable primary_key foreign_keys default server_default index unique copy comment info'.split(
    ' ',
  ),
);

/** A member of `Column` that the class body asks the attribute for. */
function usedAsColumn(name: string, { body }: ClassDefinition): string | null {
  let used: string | null = null;
  for (const statement of body) {
    if (statement.kind === 'function' || statement.kind === 'class') continue;
    walkExpressions(statement, expression => {
      if (expression.kind !== 'attribute' || expression.value.kind !== 'name') return;
      if (expression.value.id === name && columnMembers.has(expression.attribute.id))
        used = expression.attribute.id;
    });
  }
  return used;
}

/** An annotation is read after the attribute is bound, so that a type of the same name is gone. */
function namesOf({ body }: ClassDefinition): ReadonlySet<string> {
  return new Set(body.flatMap((each: Statement) => namesBound(each)));
}

function namesBound(statement: Statement): readonly string[] {
  if (statement.kind === 'assignment')
    return statement.targets.flatMap(target => (target.kind === 'name' ? [target.id] : []));
  return statement.kind === 'function' || statement.kind === 'class' ? [statement.name.id] : [];
}
