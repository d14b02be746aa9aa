/** The grammars that `package.json` contributes, and their files under `syntaxes/`. */
import { alembicIni } from './alembic-ini.ts';
import type { Grammar } from './grammar.ts';
import { pythonSql } from './python-sql.ts';
import { interpolationScope, sqlScope } from './python-strings.ts';
import { sqlBinds } from './sql-binds.ts';

const folder = './syntaxes';

export const contributedLanguages = [
  {
    id: 'alembic-ini',
    aliases: ['Alembic Configuration'],
    filenames: ['alembic.ini'],
    filenamePatterns: ['alembic*.ini', '*.alembic.ini'],
    configuration: `${folder}/alembic-ini.language-configuration.json`,
  },
] as const;

export const contributedGrammars = [
  {
    scopeName: pythonSql.scopeName,
    path: pathOf('python-sql'),
    injectTo: ['source.python'],
    embeddedLanguages: { [sqlScope]: 'sql', [interpolationScope]: 'python' },
    // Brackets are matched, and words completed, as in code.
    tokenTypes: { [sqlScope]: 'other', [interpolationScope]: 'other' },
  },
  { scopeName: sqlBinds.scopeName, path: pathOf('sql-binds'), injectTo: ['source.sql'] },
  { language: 'alembic-ini', scopeName: alembicIni.scopeName, path: pathOf('alembic-ini') },
] as const;

const grammars: Readonly<Record<string, Grammar>> = {
  'python-sql': pythonSql,
  'sql-binds': sqlBinds,
  'alembic-ini': alembicIni,
};

export function syntaxOutputs(): readonly { readonly path: string; readonly content: string }[] {
  return Object.entries(grammars).map(([name, grammar]) => ({
    path: pathOf(name).slice(2),
    content: `${JSON.stringify(grammar, null, 2)}\n`,
  }));
}

function pathOf(name: string): string {
  return `${folder}/${name}.tmLanguage.json`;
}
