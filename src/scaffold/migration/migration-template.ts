/**
 * `script.py.mako` filled in as Mako would, for the expressions that Alembic's own templates have. A template with code of
 * its own cannot be: then Alembic's generic one stands in.
 */
import type { CodeStyle } from '../project-facts.ts';
import { stringLiteral } from './python-literal.ts';

export interface TemplateValues {
  readonly message: string;
  readonly revision: string;
  /** Empty for a base. */
  readonly down: readonly string[];
  /** As `datetime` prints it: `2026-11-09 10:00:00.000000`. */
  readonly createDate: string;
  readonly imports: readonly string[];
  /** Lines of the functions, indented by four spaces; empty where there is nothing to do. */
  readonly upgrade: readonly string[];
  readonly downgrade: readonly string[];
}

export interface FilledTemplate {
  readonly text: string;
  /** False where the given template could not be filled in and the generic one was. */
  readonly own: boolean;
}

/** `template` is null where the environment has none. */
export function fillTemplate(
  template: string | null,
  values: TemplateValues,
  style: CodeStyle,
): FilledTemplate {
  const own = template === null ? null : fill(template, values, style);
  if (own !== null) return { text: own, own: true };
  return { text: fill(genericTemplate, values, style) ?? '', own: false };
}

/** Null where the template holds what is not known. */
function fill(template: string, values: TemplateValues, style: CodeStyle): string | null {
  if (/<%|^\s*%(?!%)/m.test(template)) return null;
  const lines = template.replace(/\r\n/g, '\n').split('\n');
  const filled: string[] = [];
  for (const line of lines.filter(each => !/^\s*##/.test(each))) {
    const text = fillLine(line, values, style);
    if (text === null) return null;
    filled.push(...text);
  }
  return filled.join('\n').replace(/\n*$/, '\n');
}

/** Null where an expression in it is not known. */
function fillLine(line: string, values: TemplateValues, style: CodeStyle): readonly string[] | null {
  const whole = /^\s*\$\{\s*(\w+)\s+if\s+\1\s+else\s+(?:"([^"]*)"|'([^']*)')\s*\}\s*$/.exec(line);
  const block = whole?.[1] === undefined ? undefined : blockOf(whole[1], values);
  if (block) return block.length > 0 ? block : emptyBlock(line, whole?.[2] ?? whole?.[3] ?? '');
  let known = true;
  const text = line.replace(/\$\{([^}]*)\}/g, (_, expression: string) => {
    const value = expressionValue(expression.trim(), values, style);
    if (value === null) known = false;
    return value ?? '';
  });
  return known ? [text.trimEnd()] : null;
}

/** An empty line where imports would be stays out, as formatters have it. */
function emptyBlock(line: string, fallback: string): readonly string[] {
  return fallback === '' ? [] : [`${/^\s*/.exec(line)?.[0] ?? ''}${fallback}`];
}

function blockOf(name: string, values: TemplateValues): readonly string[] | undefined {
  switch (name) {
    case 'imports':
      return values.imports;
    case 'upgrades':
      return values.upgrade;
    case 'downgrades':
      return values.downgrade;
    default:
      return undefined;
  }
}

function expressionValue(expression: string, values: TemplateValues, style: CodeStyle): string | null {
  const literal = (text: string) => stringLiteral(text, style);
  switch (expression.replace(/\s+/g, '')) {
    case 'message':
      return values.message;
    case 'up_revision':
      return values.revision;
    case 'down_revision|comma,n':
    case 'down_revision':
      return values.down.join(', ');
    case 'create_date':
      return values.createDate;
    case 'repr(up_revision)':
      return literal(values.revision);
    case 'repr(down_revision)': {
      const [only] = values.down;
      if (only === undefined) return 'None';
      return values.down.length === 1 ? literal(only) : `(${values.down.map(literal).join(', ')})`;
    }
    case 'repr(branch_labels)':
    case 'repr(depends_on)':
      return 'None';
    default:
      return null;
  }
}

const genericTemplate = `"""\${message}

Revision ID: \${up_revision}
Revises: \${down_revision | comma,n}
Create Date: \${create_date}

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
\${imports if imports else ""}

# revision identifiers, used by Alembic.
revision: str = \${repr(up_revision)}
down_revision: Union[str, Sequence[str], None] = \${repr(down_revision)}
branch_labels: Union[str, Sequence[str], None] = \${repr(branch_labels)}
depends_on: Union[str, Sequence[str], None] = \${repr(depends_on)}


def upgrade() -> None:
    """Upgrade schema."""
    \${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Downgrade schema."""
    \${downgrades if downgrades else "pass"}
`;
