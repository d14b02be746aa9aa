/** Calls of Python's own library that give a value of a known class. */
import type { Call } from './evaluation.ts';
import { isNone, type Located, type PythonValue } from './value.ts';

const classes: Readonly<Record<string, string>> = {
  'builtins.str': 'builtins.str',
  'builtins.repr': 'builtins.str',
  'builtins.hex': 'builtins.str',
  'builtins.int': 'builtins.int',
  'builtins.len': 'builtins.int',
  'builtins.ord': 'builtins.int',
  'builtins.float': 'builtins.float',
  'builtins.bytes': 'builtins.bytes',
  'json.dumps': 'builtins.str',
  'decimal.Decimal': 'decimal.Decimal',
  'uuid.UUID': 'uuid.UUID',
  'uuid.uuid1': 'uuid.UUID',
  'uuid.uuid4': 'uuid.UUID',
  'uuid.uuid5': 'uuid.UUID',
  'uuid.uuid7': 'uuid.UUID',
  'datetime.date': 'datetime.date',
  'datetime.date.today': 'datetime.date',
  'datetime.date.fromisoformat': 'datetime.date',
  'datetime.timedelta': 'datetime.timedelta',
};

/** Null for all others. */
export function pythonCall(call: Call, name: string): PythonValue | null {
  const type = classes[name];
  return type === undefined ? pointInTime(call, name) : { kind: 'python', type };
}

/** Places of the time zone among the arguments of what makes a `datetime`; null where it never has one. */
const zonePlaces: Readonly<Record<string, number | null>> = {
  'datetime.datetime': 7,
  'datetime.datetime.now': 0,
  'datetime.datetime.fromtimestamp': 1,
  'datetime.datetime.utcnow': null,
  'datetime.datetime.utcfromtimestamp': null,
};

const untold: ReadonlySet<string> = new Set(['fromisoformat', 'strptime', 'combine']);

function pointInTime(call: Call, name: string): PythonValue | null {
  const made: PythonValue = { kind: 'python', type: 'datetime.datetime' };
  if (untold.has(name.replace('datetime.datetime.', ''))) return made;
  const place = zonePlaces[name];
  if (place === undefined) return null;
  if (place === null) return { ...made, aware: false };
  const { keywords, positional, open } = call.arguments;
  if (open !== null) return made;
  const zone = keywords.get('tz') ?? keywords.get('tzinfo') ?? positional[place];
  const aware = zone === undefined ? false : isZone(zone);
  return aware === null ? made : { ...made, aware };
}

/** `timezone.utc`, `UTC`, `ZoneInfo("…")`; a variable may be None. */
function isZone({ value, node }: Located): boolean | null {
  if (isNone(value)) return false;
  return value.kind === 'library' || node.kind === 'call' ? true : null;
}
