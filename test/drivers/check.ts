/**
 * What is said of values and the types of parameters, held against the real drivers: each value is sent for each type by
 * asyncpg and psycopg to PostgreSQL. Whatever the rule reports must be refused; what it lets pass and is refused is listed.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFile } from '../../src/features/checking/check-file.ts';
import { runOrThrow } from '../../src/tools/command.ts';
import { temporaryFolder } from '../../src/tools/temporary-folder.ts';
import { databaseOn } from '../postgres.ts';
import { openTestShadow } from '../shadow.ts';
import { workspaceOf } from '../workspace.ts';

export interface DriverOptions {
  readonly python: string;
  /** A superuser's address; the check makes a database of its own there. */
  readonly postgresUrl: string;
}

export interface DriverOutcome {
  readonly name: string;
  readonly failures: readonly string[];
}

const columns: Readonly<Record<string, string>> = {
  an_integer: 'Integer',
  a_bigint: 'BigInteger',
  a_text: 'Text',
  a_varchar: 'String(80)',
  a_boolean: 'Boolean',
  a_numeric: 'Numeric',
  a_float: 'Double',
  a_uuid: 'Uuid',
  a_date: 'Date',
  a_timestamp: 'DateTime',
  a_timestamptz: 'DateTime(timezone=True)',
  a_time: 'Time',
  an_interval: 'Interval',
  a_bytea: 'LargeBinary',
  a_list: 'ARRAY(Integer)',
  a_list_of_texts: 'ARRAY(Text)',
};

const types =
  `integer bigint text varchar(80) boolean numeric double_precision uuid date timestamp timestamptz time interval
  bytea integer[] text[]`.split(/\s+/);

const values: readonly string[] = [
  '"abc"',
  '5',
  '1.5',
  'True',
  'b"a"',
  '[1]',
  '["a"]',
  'decimal.Decimal("1.5")',
  'uuid.uuid4()',
  'datetime.date(2024, 1, 31)',
  'datetime.datetime(2024, 1, 31)',
  'datetime.datetime.now()',
  'datetime.datetime.now(datetime.timezone.utc)',
  'datetime.timedelta(days=1)',
];

/** Refused by what the value says, not by its class; and what psycopg makes of a list depends on what stands in it. */
const unsaid: Readonly<Record<string, RegExp>> = {
  asyncpg: /^(?:"abc" (?:a_numeric|a_uuid)|\[(?:1|"a")\] (?!a_list))|^uuid.uuid4\(\) an?_(?:integer|bigint)/,
  psycopg: /^(?:"abc"|\[(?:1|"a")\]) /,
};

interface Sent {
  readonly name: string;
  readonly sql: string;
  readonly value: string;
}

const cases: readonly Sent[] = values.flatMap(value =>
  Object.keys(columns).flatMap(column => [
    { name: `${value} ${column} compared`, sql: `SELECT 1 FROM samples WHERE ${column} = :v`, value },
    { name: `${value} ${column} inserted`, sql: `INSERT INTO samples (${column}) VALUES (:v)`, value },
  ]),
);

export async function checkDrivers(options: DriverOptions): Promise<readonly DriverOutcome[]> {
  const outcomes: DriverOutcome[] = [];
  for (const driver of ['asyncpg', 'psycopg']) outcomes.push(...(await checkDriver(driver, options)));
  return outcomes;
}

async function checkDriver(driver: string, options: DriverOptions): Promise<readonly DriverOutcome[]> {
  const said = await saidOf(driver);
  const refused = await refusedBy(driver, options);
  return cases.map(({ name }, index) => {
    const [message, error] = [said.get(index), refused[index] ?? null];
    const falsely = message !== undefined && error === null ? [`reported, and passes: ${message}`] : [];
    const missed =
      message === undefined && error !== null && !unsaid[driver]?.test(name)
        ? [`passes here, and is refused: ${error}`]
        : [];
    return { name: `${driver}: ${name}`, failures: [...falsely, ...missed] };
  });
}

/** The rule's messages by the number of the case. */
async function saidOf(driver: string): Promise<ReadonlyMap<number, string>> {
  const code = cases.map(({ sql, value }) => `    await session.execute(text("${sql}"), {"v": ${value}})`);
  const head = `import datetime\nimport decimal\nimport uuid\n\nfrom sqlalchemy import text\nfrom sqlalchemy.ext.asyncio import AsyncSession\n\n\nasync def send(session: AsyncSession) -> None:\n`;
  const workspace = await workspaceOf({
    'requirements.txt': `${driver}==1\nsqlalchemy==2.1\n`,
    'models.py': models(),
    'send.py': `${head}${code.join('\n')}\n`,
  });
  const shadow = openTestShadow();
  try {
    const judge = await shadow.judgeFor(workspace.project.models.values());
    const { findings, text } = await checkFile(
      workspace,
      '/project/send.py',
      judge,
      new AbortController().signal,
    );
    const first = head.split('\n').length - 1;
    const lineOf = (offset: number) => text.slice(0, offset).split('\n').length - 1 - first;
    return new Map(findings.map(({ range, rule, message }) => [lineOf(range.start), `${rule}: ${message}`]));
  } finally {
    shadow.dispose();
  }
}

function models(): string {
  const lines = Object.entries(columns).map(([name, type]) => `    ${name} = mapped_column(${type})`);
  return `from sqlalchemy import ARRAY, BigInteger, Boolean, Date, DateTime, Double, Integer, Interval, LargeBinary, Numeric, String, Text, Time, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Sample(Base):
    __tablename__ = "samples"

    id: Mapped[int] = mapped_column(primary_key=True)
${lines.join('\n')}
`;
}

async function refusedBy(
  driver: string,
  { python, postgresUrl }: DriverOptions,
): Promise<readonly (string | null)[]> {
  await using database = await databaseOn(postgresUrl);
  const made = Object.keys(columns).map((name, index) => `${name} ${types[index]?.replace('_', ' ')}`);
  const input = {
    url: database.url.replace('postgresql://', `postgresql+${driver}://`),
    setup: [`CREATE TABLE samples (id serial PRIMARY KEY, ${made.join(', ')})`],
    cases,
  };
  await using folder = await temporaryFolder('drivers');
  const file = join(folder.path, 'cases.json');
  await writeFile(file, JSON.stringify(input));
  // Never synchronously: the server writes each refusal to a pipe that this process reads.
  const { stdout } = await runOrThrow(python, [join(import.meta.dirname, 'send_values.py'), file]);
  return JSON.parse(stdout) as readonly (string | null)[];
}

if (process.argv[1] === import.meta.filename) {
  const { DBPATTERNS_TEST_PYTHON: python, DBPATTERNS_TEST_POSTGRES: postgresUrl } = process.env;
  if (python === undefined || postgresUrl === undefined)
    throw new Error(
      'Set DBPATTERNS_TEST_PYTHON to a Python with asyncpg and psycopg, and DBPATTERNS_TEST_POSTGRES to a server’s address.',
    );
  const outcomes = await checkDrivers({ python, postgresUrl });
  const failed = outcomes.filter(({ failures }) => failures.length > 0);
  for (const { name, failures } of failed) console.log(`FAILED ${name}\n  ${failures.join('\n  ')}`);
  console.log(`${outcomes.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}
