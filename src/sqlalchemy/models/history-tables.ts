/**
 * Tables of earlier versions: a mixin whose hook copies the columns of each of its classes into a table beside theirs, as
 * SQLAlchemy's example `versioned_history` does, and what projects have made of it. Read are the endings of the names,
 * the columns that are added on both sides, and what the copies lose. A hook that does it otherwise is not understood.
 */
import { keywordOf } from '../../python/argument-at.ts';
import { lastName } from '../../python/last-name.ts';
import type { Expression, FunctionDefinition, Statement } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import type { SourceFile } from '../project.ts';
import { bodyMembers, flatten } from '../reading/class-members.ts';
import { referenceOf } from '../reading/reference.ts';
import { type NameResolver, siteOf } from '../reading/site.ts';
import type { ClassNode } from './class-node.ts';
import { type ColumnDraft, defaultMetadata, type ModelDraft } from './drafts.ts';
import { readTableColumn } from './read-table.ts';

export interface HistoryHook {
  /** Whose functions make the classes. */
  readonly file: SourceFile;
  readonly tableEnding: string;
  readonly classEnding: string;
  /** Of the history alone, and of the class's own table. */
  readonly added: readonly ColumnDraft[];
  readonly appended: readonly ColumnDraft[];
  readonly losses: readonly Loss[];
  /** Whether the history's attributes are called as those of the class; else by their columns. */
  readonly keepsNames: boolean;
  /** Whether it has the foreign keys of the class's table: that a column belongs to one, `Column.copy()` does not tell. */
  readonly keepsKeys: boolean;
}

/** What is set to nothing in the copy of a column, of all or of those alone that may be null. */
interface Loss {
  readonly part: 'unique' | 'default' | 'serverDefault' | 'autoincrement';
  readonly ofNullable: boolean;
}

/** Null where no member of the class is such a hook. */
export function historyHookOf({ node, file }: ClassNode, names: NameResolver): HistoryHook | null {
  const members = bodyMembers(node);
  for (const name of ['__mapper_cls__', '__init_subclass__']) {
    const hook = members.get(name);
    if (hook?.kind !== 'function' || !file.text.slice(hook.start, hook.end).includes('mapper')) continue;
    for (const each of walk(hook)) {
      const called = each.kind === 'call' ? referenceOf(each.function, siteOf(file, names)) : null;
      const found = called?.kind === 'function' ? readHook(called.node, called.file, names) : null;
      if (found !== null) return found;
    }
  }
  return null;
}

function readHook(node: FunctionDefinition, file: SourceFile, names: NameResolver): HistoryHook | null {
  const calls = [...walk(node)].filter(each => each.kind === 'call');
  const copied = calls.find(each => lastName(each.function) === 'to_metadata');
  const made = calls.find(each => lastName(each.function) === 'Table');
  const name = (copied && keywordOf(copied, 'name')) ?? made?.arguments[0];
  const tableEnding = name === undefined ? null : endingBehind('local_table.name', name.value, file);
  const classEnding = calls
    .filter(each => /^type(?:\.__new__)?$/.test(textOf(each.function, file)))
    .flatMap(each => each.arguments.map(({ value }) => endingBehind('__name__', value, file)))
    .find(ending => ending !== null);
  const losses = copied === undefined ? lossesOfCopies(node, file) : lossesIn(node.body, false);
  if (tableEnding === null || classEnding == null || losses === null) return null;
  const site = siteOf(file, names);
  const columns = calls.flatMap(({ function: called, arguments: [given] }) => {
    if (called.kind !== 'attribute' || !/^append(?:_column)?$/.test(called.attribute.id)) return [];
    const column = given === undefined ? null : readTableColumn(given.value, site, defaultMetadata);
    return column === null ? [] : [{ column, isOwn: lastName(called.value) === 'local_table' }];
  });
  return {
    file,
    tableEnding,
    classEnding,
    added: columns.flatMap(({ column, isOwn }) => (isOwn ? [] : [column])),
    appended: columns.flatMap(({ column, isOwn }) => (isOwn ? [column] : [])),
    losses,
    keepsNames: /\bproperties\[/.test(file.text.slice(node.start, node.end)),
    keepsKeys: copied !== undefined,
  };
}

/** Of columns that a function inside copies one by one; null where none does. */
function lossesOfCopies({ body }: FunctionDefinition, file: SourceFile): readonly Loss[] | null {
  const statements = [...flatten(body)];
  const goesThrough = statements.some(
    each => each.kind === 'for' && /\.local_table\.(?:c|columns)$/.test(textOf(each.iterable, file)),
  );
  const copies = statements.map(each => (each.kind === 'function' ? lossesOf(each) : null));
  const found = copies.filter(losses => losses !== null);
  return found.length > 0 && goesThrough ? found.flat() : null;
}

function textOf({ start, end }: Expression, file: SourceFile): string {
  return file.text.slice(start, end);
}

/** `x.name + "_history"`, `f"{x.name}_history"` and `"%s_history" % x.name`. */
function endingBehind(name: string, written: Expression, file: SourceFile): string | null {
  const owner = `[\\w.]*${name.replaceAll('.', '\\.')}`;
  const forms = [`^${owner}\\s*\\+\\s*["'](\\w+)["']$`, `^f["']\\{${owner}\\}(\\w+)["']$`];
  const patterns = [...forms, `^["']%s(\\w+)["']\\s*%\\s*\\(?${owner},?\\)?$`];
  const text = textOf(written, file);
  return patterns.map(each => new RegExp(each).exec(text)?.[1]).find(each => each !== undefined) ?? null;
}

const parts: Readonly<Record<string, Loss['part']>> = {
  unique: 'unique',
  default: 'default',
  server_default: 'serverDefault',
  autoincrement: 'autoincrement',
};

/** Null for a function that does not copy what it is given. */
function lossesOf({ body, parameters: [given] }: FunctionDefinition): readonly Loss[] | null {
  const isCopied = [...flatten(body)].some(
    each =>
      each.kind === 'assignment' &&
      each.value?.kind === 'call' &&
      /^_?copy$/.test(lastName(each.value.function) ?? ''),
  );
  return isCopied && given !== undefined ? lossesIn(body, false) : null;
}

function lossesIn(body: readonly Statement[], ofNullable: boolean): readonly Loss[] {
  return body.flatMap(each => {
    if (each.kind === 'if') return lossesIn(each.body, lastName(each.test) === 'nullable');
    if (each.kind === 'for') return lossesIn(each.body, ofNullable);
    if (each.kind !== 'assignment' || each.value?.kind !== 'constant' || each.value.value === 'True')
      return [];
    return each.targets.flatMap(target => {
      const part = target.kind === 'attribute' ? parts[target.attribute.id] : undefined;
      return part === undefined ? [] : [{ part, ofNullable }];
    });
  });
}

/** The class with what the hook adds to it, and the class of its history; null for what shares the table of a parent. */
export function withHistory(
  model: ModelDraft,
  hook: HistoryHook,
): { readonly model: ModelDraft; readonly history: ModelDraft } | null {
  const { table } = model;
  if (table === null || model.parent !== null) return null;
  const name = `${model.name}${hook.classEnding}`;
  const keys = table.constraints.flatMap(each => (each.kind === 'primary-key' ? each.columns : []));
  const copies = table.columns.map(column => {
    const isKey = keys.some(key => key.name === (key.by === 'key' ? column.column : column.name));
    return copyOf(isKey ? { ...column, primaryKey: true, nullable: false } : column, hook);
  });
  const columns = [...copies, ...hook.added];
  const constraints = table.constraints.filter(each => hook.keepsKeys && each.kind === 'foreign-key');
  const appended = hook.appended.filter(each => table.columns.every(one => one.column !== each.column));
  const history: ModelDraft = {
    ...model,
    name,
    module: hook.file.name,
    qualifiedName: `${hook.file.name}.${name}`,
    kind: 'imperative',
    table: { ...table, name: `${table.name}${hook.tableEnding}`, columns, constraints, comment: null },
    attributes: columns,
    style: 'joined',
    inheritCondition: null,
    polymorphic: null,
    columns: [],
    docstring: null,
  };
  const mapped = model.attributes.filter(each => each.kind === 'column');
  const others = model.attributes.filter(each => each.kind !== 'column');
  return {
    model: {
      ...model,
      table: { ...table, columns: [...table.columns, ...appended] },
      attributes: [...mapped, ...appended, ...others],
    },
    history,
  };
}

function copyOf(column: ColumnDraft, { losses, keepsNames, keepsKeys }: HistoryHook): ColumnDraft {
  const lost = new Set(losses.flatMap(each => (each.ofNullable && !column.nullable ? [] : [each.part])));
  return {
    ...column,
    name: keepsNames ? column.name : column.column,
    foreignKeys: keepsKeys ? column.foreignKeys : [],
    ...(lost.has('unique') ? { unique: false } : {}),
    ...(lost.has('default') ? { default: null } : {}),
    ...(lost.has('serverDefault') ? { serverDefault: null } : {}),
    ...(lost.has('autoincrement') ? { autoincrement: false } : {}),
  };
}
