/** The Python type of a column's values, told from the SQLAlchemy type that the code gives it. */
import { lastPart } from '../../base/dotted-name.ts';
import type { Expression } from '../../python/syntax.ts';
import type { ColumnAttribute } from '../../sqlalchemy/model.ts';
import { argumentsOf } from '../../sqlalchemy/reading/arguments.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { bindsName } from './bound-names.ts';
import type { FileConversion } from './file-conversion.ts';

export interface PythonType {
  readonly text: string;
  readonly needs: readonly ImportNeed[];
}

const builtins: Readonly<Record<string, string>> = {
  Integer: 'int',
  SmallInteger: 'int',
  BigInteger: 'int',
  INTEGER: 'int',
  SMALLINT: 'int',
  BIGINT: 'int',
  String: 'str',
  Text: 'str',
  Unicode: 'str',
  UnicodeText: 'str',
  VARCHAR: 'str',
  CHAR: 'str',
  TEXT: 'str',
  CITEXT: 'str',
  INET: 'str',
  CIDR: 'str',
  MACADDR: 'str',
  Boolean: 'bool',
  BOOLEAN: 'bool',
  Float: 'float',
  FLOAT: 'float',
  REAL: 'float',
  Double: 'float',
  LargeBinary: 'bytes',
  BYTEA: 'bytes',
  Date: 'datetime.date',
  DATE: 'datetime.date',
  DateTime: 'datetime.datetime',
  DATETIME: 'datetime.datetime',
  TIMESTAMP: 'datetime.datetime',
  Time: 'datetime.time',
  TIME: 'datetime.time',
  Interval: 'datetime.timedelta',
};

const any: PythonType = { text: 'Any', needs: [fromImport('typing', 'Any')] };

/** `attributes` are names that the class gives to something else. Any where nothing better is known for sure. */
export function pythonType(
  column: ColumnAttribute,
  type: Expression | null,
  conversion: FileConversion,
  attributes: ReadonlySet<string>,
): PythonType {
  if (type === null) return referencedType(column, conversion, attributes);
  if (
    type.kind === 'call' &&
    type.function.kind === 'attribute' &&
    type.function.attribute.id === 'with_variant'
  )
    return pythonType(column, type.function.value, conversion, attributes);
  const library = conversion.libraryName(type.kind === 'call' ? type.function : type);
  if (library === null || !library.startsWith('sqlalchemy')) return any;
  const given =
    type.kind === 'call' ? argumentsOf(type) : { positional: [], keywords: new Map<string, Expression>() };
  const name = lastPart(library);
  const flag = (keyword: string): boolean | undefined => {
    const value = given.keywords.get(keyword);
    return value?.kind === 'constant' ? value.value === 'True' : undefined;
  };
  switch (name) {
    case 'Numeric':
    case 'NUMERIC':
    case 'DECIMAL':
      return flag('asdecimal') === false
        ? plain('float')
        : named('decimal', 'Decimal', conversion, attributes);
    case 'Float':
      return flag('asdecimal') === true
        ? named('decimal', 'Decimal', conversion, attributes)
        : plain('float');
    case 'UUID':
    case 'Uuid':
      return flag('as_uuid') === false ? plain('str') : named('uuid', 'UUID', conversion, attributes);
    case 'Interval':
      return named('datetime', 'timedelta', conversion, attributes);
    case 'ARRAY': {
      const [element = null] = given.positional;
      const inner = pythonType(column, element, conversion, attributes);
      const depth = given.keywords.get('dimensions') === undefined;
      return depth ? { text: `list[${inner.text}]`, needs: inner.needs } : any;
    }
    case 'Enum':
    case 'ENUM':
      return enumType(given.positional, conversion);
  }
  const known = builtins[name];
  if (known === undefined) return any;
  const [module = '', member] = known.split('.');
  return member === undefined ? plain(known) : named(module, member, conversion, attributes);
}

/** Without a type of its own, a column has that of the one it points to. */
function referencedType(
  { sqlType }: ColumnAttribute,
  conversion: FileConversion,
  attributes: ReadonlySet<string>,
): PythonType {
  if (/^(?:SMALL|BIG)?(?:INT|INTEGER|SERIAL)\b/.test(sqlType ?? '')) return plain('int');
  if (/^(?:VARCHAR|TEXT|CHAR)\b/.test(sqlType ?? '')) return plain('str');
  return sqlType === 'UUID' ? named('uuid', 'UUID', conversion, attributes) : any;
}

function plain(text: string): PythonType {
  return { text, needs: [] };
}

/** The values of an enum's strings, or members of the class that it is given. */
function enumType(positional: readonly Expression[], conversion: FileConversion): PythonType {
  const [first] = positional;
  if (first?.kind === 'string') return plain('str');
  const isClass = positional.length === 1 && (first?.kind === 'name' || first?.kind === 'attribute');
  return first && isClass ? plain(conversion.textOf(first)) : any;
}

/** By the name that the file knows it by, else imported; through its module where the name is taken. */
function named(
  module: string,
  name: string,
  { file }: FileConversion,
  attributes: ReadonlySet<string>,
): PythonType {
  for (const statement of file.module.body) {
    if (statement.kind === 'import-from' && statement.level === 0 && statement.module === module) {
      const found = statement.names.find(each => each.name === name);
      const local = found?.alias?.id ?? name;
      if (found && !attributes.has(local)) return plain(local);
    }
    if (statement.kind === 'import') {
      const found = statement.names.find(each => each.name === module);
      const local = found?.alias?.id ?? module;
      if (found && !attributes.has(local)) return plain(`${local}.${name}`);
    }
  }
  if (!attributes.has(name) && !bindsName(file, name))
    return { text: name, needs: [fromImport(module, name)] };
  if (!attributes.has(module) && !bindsName(file, module))
    return { text: `${module}.${name}`, needs: [{ kind: 'module', module }] };
  const alias = module === 'datetime' ? 'dt' : `py_${module}`;
  return { text: `${alias}.${name}`, needs: [{ kind: 'module', module, alias }] };
}
