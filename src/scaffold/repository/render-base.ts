/** The generic repository that a project without one gets: typed, for AsyncSession or Session. */
import type { CodeStyle, ProjectFacts } from '../project-facts.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { renderImports } from '../python-code/imports.ts';
import { layOut } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';

export const repositoryBaseName = 'Repository';

/** Type parameters in brackets came with Python 3.12. */
const newGenerics = 312;

export function renderRepositoryBase(facts: ProjectFacts, concurrency: 'sync' | 'async'): string {
  const { style } = facts;
  const bound = facts.base?.isClass ? facts.base : null;
  const variables = typeVariables(bound?.name ?? null, style);
  const lines = [
    '"""What every repository can do."""',
    '',
    renderImports(
      [...importsOf(facts, concurrency), ...(bound ? [fromImport(bound.module, bound.name)] : [])],
      facts,
    ),
    ...(variables.length > 0 ? ['', ...variables] : []),
    '',
    '',
    classStatement(bound?.name ?? null, style),
    '    """The rows of one model in one session; it flushes and never commits."""',
    '',
    '    model: type[ModelT]',
    '',
    ...methods(facts, concurrency),
  ];
  return `${lines.join('\n')}\n`;
}

function importsOf(
  { style, usesSqlite }: ProjectFacts,
  concurrency: 'sync' | 'async',
): readonly ImportNeed[] {
  const names: readonly (readonly [string, readonly string[]])[] = [
    ['collections.abc', ['Iterable', 'Mapping', 'Sequence']],
    ['typing', style.python < newGenerics ? ['Generic', 'TypeVar'] : []],
    ['sqlalchemy', ['ColumnElement', 'func', 'inspect', 'select', 'tuple_']],
    usesSqlite
      ? ['sqlalchemy.dialects', ['postgresql', 'sqlite']]
      : ['sqlalchemy.dialects.postgresql', ['insert']],
    ['sqlalchemy.sql.schema', ['ColumnElementColumnDefault']],
    concurrency === 'async' ? ['sqlalchemy.ext.asyncio', ['AsyncSession']] : ['sqlalchemy.orm', ['Session']],
  ];
  return names.flatMap(([module, each]) => each.map(name => fromImport(module, name)));
}

function typeVariables(bound: string | null, style: CodeStyle): readonly string[] {
  if (style.python >= newGenerics) return [];
  const limit = bound === null ? '' : `, bound=${bound}`;
  return [`ModelT = TypeVar(${quoted('ModelT', style)}${limit})`, `KeyT = TypeVar(${quoted('KeyT', style)})`];
}

function classStatement(bound: string | null, style: CodeStyle): string {
  if (style.python < newGenerics) return `class ${repositoryBaseName}(Generic[ModelT, KeyT]):`;
  return `class ${repositoryBaseName}[ModelT${bound === null ? '' : `: ${bound}`}, KeyT]:`;
}

interface Method {
  /** False for what never waits, with AsyncSession too. */
  readonly waits: boolean;
  readonly name: string;
  /** Without `self`. */
  readonly parameters: readonly string[];
  readonly returns: string;
  readonly body: readonly string[];
}

function methods({ style, usesSqlite }: ProjectFacts, concurrency: 'sync' | 'async'): readonly string[] {
  const session = concurrency === 'async' ? 'AsyncSession' : 'Session';
  const initialiser: Method = {
    waits: false,
    name: '__init__',
    parameters: [`session: ${session}`],
    returns: 'None',
    body: initBody,
  };
  return [initialiser, ...operations(usesSqlite)].flatMap((each, index) => [
    ...(index === 0 ? [] : ['']),
    ...methodLines(each, concurrency, style),
  ]);
}

function methodLines(
  { waits, name, parameters, returns, body }: Method,
  concurrency: 'sync' | 'async',
  style: CodeStyle,
): readonly string[] {
  const definition = waits && concurrency === 'async' ? 'async def' : 'def';
  const head = layOut(
    { open: `${definition} ${name}(`, elements: ['self', ...parameters], close: `) -> ${returns}:` },
    4,
    style,
  );
  return [...head, ...body.map(line => `        ${written(line, concurrency, style)}`)];
}

/** The bodies have one string a line at most, and none with an apostrophe. */
function written(line: string, concurrency: 'sync' | 'async', style: CodeStyle): string {
  const waiting =
    concurrency === 'async'
      ? line
      : line.replace(/\(await ([^()]*\([^()]*\))\)/, '$1').replaceAll('await ', '');
  return style.quote === '"' || line.startsWith('"""') ? waiting : waiting.replaceAll('"', "'");
}

const criteria = ['*criteria: ColumnElement[bool]'];

// Each line is short enough for any setting of the line length.
const initBody = ['self._session = session'];

const getBody = [
  '"""Return the row with this primary key, or None."""',
  'criteria = self._criteria()',
  'if not criteria:',
  '    return await self._session.get(self.model, key)',
  'statement = select(self.model).where(*criteria, *self._has_key(key))',
  'return (await self._session.scalars(statement)).one_or_none()',
];

const getOneBody = [
  '"""Return the row with this key; raise NoResultFound without it."""',
  'criteria = self._criteria()',
  'if not criteria:',
  '    return await self._session.get_one(self.model, key)',
  'statement = select(self.model).where(*criteria, *self._has_key(key))',
  'return (await self._session.scalars(statement)).one()',
];

const listBody = [
  '"""Return the rows that meet all criteria, in the order of keys."""',
  'statement = select(self.model).where(*self._criteria(), *criteria)',
  'statement = statement.order_by(*inspect(self.model).primary_key)',
  'statement = statement.offset(offset).limit(limit)',
  'return (await self._session.scalars(statement)).all()',
];

const countBody = [
  '"""Return how many rows meet all criteria."""',
  'statement = select(func.count()).select_from(self.model)',
  'statement = statement.where(*self._criteria(), *criteria)',
  'return (await self._session.scalars(statement)).one()',
];

const existsBody = [
  '"""Return whether any row meets all criteria."""',
  'rows = select(self.model).where(*self._criteria(), *criteria)',
  'statement = select(rows.exists())',
  'return (await self._session.scalars(statement)).one()',
];

const addBody = [
  '"""Insert the row, and return it with its key."""',
  'self._session.add(row)',
  'await self._session.flush()',
  'return row',
];

const addManyBody = ['"""Insert the rows."""', 'self._session.add_all(rows)', 'await self._session.flush()'];

const updateBody = [
  '"""Set columns of the row; an unknown one raises AttributeError."""',
  'columns = inspect(self.model).column_attrs',
  'for name, value in changes.items():',
  '    if name not in columns:',
  '        message = f"{self.model.__name__} has no column {name}"',
  '        raise AttributeError(message)',
  '    setattr(row, name, value)',
  'await self._session.flush()',
  'return row',
];

const deleteBody = [
  '"""Delete the row."""',
  'await self._session.delete(row)',
  'await self._session.flush()',
];

const criteriaBody = ['"""Return what every read asks for; override it to hide rows."""', 'return ()'];

const hasKeyBody = [
  'columns = inspect(self.model).primary_key',
  'pairs = zip(columns, key, strict=True)',
  'return tuple(column == value for column, value in pairs)',
];

/** By the key of the last row that was seen: however far it goes, no row before it is read. */
const pageBody = [
  '"""Return the rows after this key, in the order of keys."""',
  'keys = inspect(self.model).primary_key',
  'statement = select(self.model).where(*self._criteria(), *criteria)',
  'if after:',
  '    statement = statement.where(tuple_(*keys) > tuple(after))',
  'statement = statement.order_by(*keys).limit(limit)',
  'return (await self._session.scalars(statement)).all()',
];

/** One statement, whoever else inserts at the same time. What `onupdate` says is said here: ON CONFLICT does not know it. */
const upsertBody = (usesSqlite: boolean): readonly string[] => [
  '"""Insert a row, or change the one with the same unique values."""',
  'mapper = inspect(self.model)',
  'columns = [mapper.column_attrs[name].columns[0] for name in values]',
  'unique = [mapper.column_attrs[name].columns[0] for name in by]',
  ...(usesSqlite
    ? [
        'is_sqlite = self._session.get_bind().dialect.name == "sqlite"',
        'insert = sqlite.insert if is_sqlite else postgresql.insert',
      ]
    : []),
  'statement = insert(self.model).values(dict(values))',
  'changes: dict[str, object] = {}',
  'for column in mapper.columns:',
  '    update = column.onupdate',
  '    if isinstance(update, ColumnElementColumnDefault):',
  '        changes[column.name] = update.arg',
  'for given in columns:',
  '    changes[given.name] = statement.excluded[given.name]',
  'statement = statement.on_conflict_do_update(',
  '    index_elements=unique,',
  '    set_=changes,',
  ')',
  'rows = await self._session.scalars(',
  '    statement.returning(self.model),',
  '    execution_options={"populate_existing": True},',
  ')',
  'return rows.one()',
];

const operations = (usesSqlite: boolean): readonly Method[] => [
  { waits: true, name: 'get', parameters: ['*key: KeyT'], returns: 'ModelT | None', body: getBody },
  { waits: true, name: 'get_one', parameters: ['*key: KeyT'], returns: 'ModelT', body: getOneBody },
  {
    waits: true,
    name: 'list',
    parameters: [...criteria, 'offset: int = 0', 'limit: int = 100'],
    returns: 'Sequence[ModelT]',
    body: listBody,
  },
  {
    waits: true,
    name: 'page',
    parameters: [...criteria, 'after: Sequence[KeyT] = ()', 'limit: int = 100'],
    returns: 'Sequence[ModelT]',
    body: pageBody,
  },
  { waits: true, name: 'count', parameters: criteria, returns: 'int', body: countBody },
  { waits: true, name: 'exists', parameters: criteria, returns: 'bool', body: existsBody },
  { waits: true, name: 'add', parameters: ['row: ModelT'], returns: 'ModelT', body: addBody },
  {
    waits: true,
    name: 'add_many',
    parameters: ['rows: Iterable[ModelT]'],
    returns: 'None',
    body: addManyBody,
  },
  {
    waits: true,
    name: 'update',
    parameters: ['row: ModelT', 'changes: Mapping[str, object]'],
    returns: 'ModelT',
    body: updateBody,
  },
  {
    waits: true,
    name: 'upsert',
    parameters: ['values: Mapping[str, object]', '*by: str'],
    returns: 'ModelT',
    body: upsertBody(usesSqlite),
  },
  { waits: true, name: 'delete', parameters: ['row: ModelT'], returns: 'None', body: deleteBody },
  {
    waits: false,
    name: '_criteria',
    parameters: [],
    returns: 'Sequence[ColumnElement[bool]]',
    body: criteriaBody,
  },
  {
    waits: false,
    name: '_has_key',
    parameters: ['key: Sequence[KeyT]'],
    returns: 'Sequence[ColumnElement[bool]]',
    body: hasKeyBody,
  },
];
