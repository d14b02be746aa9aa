/** `env.py` as a template, for one database or for a section each. */
import { importLine } from '../module-scaffold.ts';
import type { AlembicPlan } from './alembic-plan.ts';

export function environmentSource(plan: AlembicPlan): string {
  const { base, engine, modules, databases, dialect } = plan;
  const imported = modules.map(module => `import ${module}`).join('\n');
  const listed =
    modules.length === 0
      ? ''
      : `# Importing the models fills the metadata.\nMODELS = (${modules.join(', ')}${modules.length === 1 ? ',' : ''})\n\n`;
  return `
"""Alembic's environment: the models, the database, and how it is changed."""
import asyncio
import os
from logging.config import fileConfig
from alembic import context
from sqlalchemy import Connection, NullPool, make_url
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import create_async_engine
${imported}
${importLine(base)}
${importLine(engine)}

${listed}config = context.config
if config.config_file_name is not None:
    fileConfig(config.config_file_name, disable_existing_loggers=False)

${databases.length === 0 ? '' : metadataByName(plan)}
def database_url() -> URL:
    """Return the address of the application's engine, or a caller's."""
    given: object = config.attributes.get("url")
    if isinstance(given, URL):
        return given
${databases.length === 0 ? `    return ${engine.name}.url` : byVariable(engine.name)}


def run_offline() -> None:
    """Print the SQL, without a database."""
    context.configure(
        url=database_url(),
        target_metadata=${metadata(plan)},
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_on(connection: Connection) -> None:
    """Run the migrations on a connection."""
${dialect === 'postgresql' ? lockTimeout : ''}    context.configure(
        connection=connection,
        target_metadata=${metadata(plan)},
        compare_type=True,
        compare_server_default=True,
${dialect === 'sqlite' ? '        # SQLite alters a table by copying it.\n        render_as_batch=True,\n' : ''}    )
    with context.begin_transaction():
        context.run_migrations()


async def run_online() -> None:
    """Connect, and run the migrations."""
    own = create_async_engine(database_url(), poolclass=NullPool)
    async with own.connect() as connection:
        ${engine.concurrency === 'async' ? 'await connection.run_sync(run_on)' : 'run_on(connection)'}
    await own.dispose()


if context.is_offline_mode():
    run_offline()
else:
    ${engine.concurrency === 'async' ? 'asyncio.run(run_online())' : 'run_online()'}
`;
}

function metadata({ base, databases }: AlembicPlan): string {
  return databases.length === 0 ? `${base.name}.metadata` : 'METADATA[config.config_ini_section]';
}

/** All are the same at first: which tables are where is the project's to say. */
function metadataByName({ databases, base }: AlembicPlan): string {
  return `# What each section of alembic.ini compares: give each its own base's metadata.
METADATA = {
${databases.map(name => `    "${name}": ${base.name}.metadata,`).join('\n')}
}

`;
}

function byVariable(engine: string): string {
  return `    # ANALYTICS_DATABASE_URL for the section analytics.
    named = os.environ.get(f"{config.config_ini_section.upper()}_DATABASE_URL")
    if named is None:
        return ${engine}.url
    return make_url(named).set(drivername=${engine}.url.drivername)`;
}

/** A transaction of its own, or else Alembic would take it for the caller's and commit nothing. */
const lockTimeout = `    # Who waits for a lock keeps all others waiting: rather fail and retry.
    connection.exec_driver_sql("SET lock_timeout = '5s'")
    connection.commit()
`;
