/** SQLAlchemy 2.1 does not bring greenlet along, which asyncio needs. */
import type { PackageFacts } from '../../python/packages/packages.ts';
import { isAtLeast } from '../../python/packages/version.ts';
import type { Call } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { engineOf } from '../shared/drivers/engine-call.ts';

export const greenletNotInstalled: Rule = {
  id: 'greenlet-not-installed',
  category: 'engine',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'An asyncio engine with SQLAlchemy 2.1, and no greenlet among the dependencies',
    why: 'Up to 2.0 SQLAlchemy depended on greenlet on most platforms. Since 2.1 it is an extra: without it `create_async_engine()` raises `ImportError`.',
    instead: 'Depend on `sqlalchemy[asyncio]`.',
    references: ['https://docs.sqlalchemy.org/en/21/changelog/migration_21.html'],
  },
  examples: [
    {
      requirements: 'sqlalchemy==2.1.0',
      bad: 'from sqlalchemy.ext.asyncio import create_async_engine\n\nengine = create_async_engine("postgresql+asyncpg://localhost/shop")',
      good: 'from sqlalchemy import create_engine\n\nengine = create_engine("postgresql+psycopg://localhost/shop")',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  if (engineOf(node, context)?.kind !== 'async') return;
  const packages = context.project.packagesOf(context.file.path);
  if (isAtLeast(packages.versionOf('sqlalchemy'), 2, 1) !== true || hasGreenlet(packages)) return;
  const isCertain = packages.presenceOf('greenlet', 'sqlalchemy') === 'absent';
  context.report({
    range: node.function,
    message: isCertain
      ? 'SQLAlchemy 2.1 needs greenlet for asyncio, and it is not installed: making the engine raises ImportError; depend on sqlalchemy[asyncio]'
      : 'SQLAlchemy 2.1 needs greenlet for asyncio, and nothing asks for it: unless another package brings it, making the engine raises ImportError; depend on sqlalchemy[asyncio]',
    ...(isCertain ? {} : { severity: 'warning' }),
  });
}

function hasGreenlet(packages: PackageFacts): boolean {
  return (
    packages.presenceOf('greenlet', 'sqlalchemy') === 'present' ||
    packages.extrasOf('sqlalchemy').has('asyncio')
  );
}
