/** `alembic.ini` and `script.py.mako`. */
import type { ProjectFacts } from '../project-facts.ts';

const fileTemplate = '%%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d-%%(rev)s_%%(slug)s';

export function alembicIni(facts: ProjectFacts, databases: readonly string[]): string {
  const sections =
    databases.length === 0
      ? [section(facts, 'alembic', 'versions')]
      : databases.map(name => section(facts, name, `versions/${name}`));
  return `# Alembic's configuration. The database's address is not here: env.py takes it from
# the application, so that no password is written down.

${sections.join('\n')}
${hooks(facts)}${logging}`;
}

function section({ package: home, root }: ProjectFacts, name: string, versions: string): string {
  const source = home.path
    .slice(root.length + 1)
    .split('/')
    .slice(0, -1)
    .join('/');
  return `[${name}]
script_location = %(here)s/migrations
version_locations = %(here)s/migrations/${versions}
# The folder that the application is imported from.
prepend_sys_path = ${source === '' ? '.' : source}
path_separator = os
# Files in the order in which they were made.
file_template = ${fileTemplate}
`;
}

/** Only where the project formats with ruff. */
function hooks({ root, fileAt }: ProjectFacts): string {
  const settings = `${fileAt(`${root}/pyproject.toml`)?.text ?? ''}${fileAt(`${root}/ruff.toml`) ? '[tool.ruff' : ''}`;
  if (!settings.includes('[tool.ruff')) return '';
  return `[post_write_hooks]
hooks = ruff_check, ruff_format
ruff_check.type = exec
ruff_check.executable = ruff
ruff_check.options = check --fix --exit-zero REVISION_SCRIPT_FILENAME
ruff_format.type = exec
ruff_format.executable = ruff
ruff_format.options = format REVISION_SCRIPT_FILENAME

`;
}

const logging = `[loggers]
keys = root, sqlalchemy, alembic

[handlers]
keys = console

[formatters]
keys = generic

[logger_root]
level = WARNING
handlers = console
qualname =

[logger_sqlalchemy]
level = WARNING
handlers =
qualname = sqlalchemy.engine

[logger_alembic]
level = INFO
handlers =
qualname = alembic

[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = generic

[formatter_generic]
format = %(levelname)-5.5s [%(name)s] %(message)s
datefmt = %H:%M:%S
`;

export const revisionTemplate = `"""\${message}

Revision ID: \${up_revision}
Revises: \${down_revision | comma,n}
Create Date: \${create_date}
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
\${imports if imports else ""}

revision: str = \${repr(up_revision)}
down_revision: str | Sequence[str] | None = \${repr(down_revision)}
branch_labels: str | Sequence[str] | None = \${repr(branch_labels)}
depends_on: str | Sequence[str] | None = \${repr(depends_on)}


def upgrade() -> None:
    """Apply the change."""
    \${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Take the change back."""
    \${downgrades if downgrades else "pass"}
`;
