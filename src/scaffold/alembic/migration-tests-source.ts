/** Tests of the migrations, as a template: one head, up and down and up again, and no difference to the models. */
import { importLine } from '../module-scaffold.ts';
import type { AlembicPlan } from './alembic-plan.ts';

export function migrationTestsSource({ base, engine, modules, testsDepth }: AlembicPlan): string {
  const isAsync = engine.concurrency === 'async';
  const drop = isAsync
    ? `        await connection.run_sync(${base.name}.metadata.drop_all)`
    : `        ${base.name}.metadata.drop_all(connection)`;
  const imported = modules.map(module => `import ${module}`).join('\n');
  return `
"""The migrations lead to the models, and back."""
import asyncio
import os
from pathlib import Path
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import NullPool, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import create_async_engine
${imported}
${importLine(base)}
${importLine(engine)}

${modules.length === 0 ? '' : `# Importing the models fills the metadata.\nMODELS = (${modules.join(', ')}${modules.length === 1 ? ',' : ''})\n`}ROOT = Path(__file__)${'.parent'.repeat(testsDepth + 1)}


def url_of_migrations() -> URL:
    """Return what TEST_DATABASE_URL names, else a neighbour of its own."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named is None:
        own = ${engine.name}.url
        return own.set(database=f"{own.database}_test")
    return make_url(named).set(drivername=${engine.name}.url.drivername)


async def drop_everything() -> None:
    """Begin with an empty database."""
    own = create_async_engine(url_of_migrations(), poolclass=NullPool)
    async with own.begin() as connection:
${drop}
        await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    await own.dispose()


@pytest.fixture
def config() -> Config:
    """Give Alembic's configuration, on the database of the tests."""
    ${isAsync ? 'asyncio.run(drop_everything())' : 'drop_everything()'}
    config = Config(ROOT / "alembic.ini")
    config.attributes["url"] = url_of_migrations()
    return config


def test_there_is_one_head(config: Config) -> None:
    """Two heads would leave open what comes last."""
    assert len(ScriptDirectory.from_config(config).get_heads()) <= 1


def test_up_down_and_up_again(config: Config) -> None:
    """Each revision takes back what it did, and leads to the models."""
    command.upgrade(config, "heads")
    command.downgrade(config, "base")
    command.upgrade(config, "heads")
    command.check(config)
`;
}
