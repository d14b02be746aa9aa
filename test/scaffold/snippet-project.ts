/**
 * Every snippet in code of a project: expanded with the first of its choices and with the last, with the imports that it
 * declares, inside of the function, class or revision that it is for.
 */
import { join } from 'node:path';
import { type Choice, expandSnippet } from '../../src/tools/generate/expand-snippet.ts';
import { importBlock } from '../../src/tools/generate/import-block.ts';
import { readSnippetSources, type SnippetSource } from '../../src/tools/generate/snippet-sources.ts';
import type { Texts } from './apply-scaffold.ts';
import type { CaseProject } from './cases/case-project.ts';
import { projectTexts } from './run-cases.ts';

export const snippetSources = readSnippetSources(join(import.meta.dirname, '..', '..'));

/** The project that the snippets' defaults speak of. */
export const snippetContext: Texts = projectTexts('snippets');

export interface PlacedSnippet {
  readonly source: SnippetSource;
  readonly choice: Choice;
  /** In the project. */
  readonly path: string;
  readonly text: string;
}

/** Of Python; once where there is nothing to choose. */
export function placedSnippets(): readonly PlacedSnippet[] {
  return snippetSources
    .filter(({ language }) => language === 'python')
    .flatMap(source => {
      const [first, last] = [place(source, 'first'), place(source, 'last')];
      return first.text === last.text ? [first] : [first, last];
    });
}

export interface RunSnippet {
  readonly name: string;
  readonly kind: 'module' | 'revision' | 'environment' | 'configuration';
  readonly path: string;
}

/** What is run of the project, with configurations of Alembic as files of their own. */
export function runnableSnippets(): { readonly snippets: readonly RunSnippet[]; readonly texts: Texts } {
  const python = placedSnippets().map(({ source, choice, path }): RunSnippet => {
    const { inside } = source;
    const isRevision = inside === 'revision' || inside === 'statement';
    const kind = isRevision ? 'revision' : inside === 'environment' ? 'environment' : 'module';
    return { name: `${source.prefix}, ${choice} choices`, kind, path };
  });
  const configurations = snippetSources
    .filter(({ language }) => language === 'alembic-ini')
    .flatMap(source =>
      (['first', 'last'] as const).map(choice => {
        const text = expandSnippet(source.body, choice).text;
        const path = `configurations/${source.prefix}-${choice}.ini`;
        // Some are keys for the section that is there already.
        return { source, choice, path, text: text.startsWith('[') ? text : `[alembic]\n${text}` };
      }),
    );
  return {
    snippets: [
      ...python,
      ...configurations.map(
        ({ source, choice, path }): RunSnippet => ({
          name: `${source.prefix}, ${choice} choices`,
          kind: 'configuration',
          path,
        }),
      ),
    ],
    texts: Object.fromEntries(configurations.map(({ path, text }) => [path, text])),
  };
}

/** As a project of scaffolds: read by ruff, mypy and pyright, and not run. */
export function snippetProject(): CaseProject {
  const placed = placedSnippets().map(({ path, text }) => [path, text] as const);
  const texts = {
    ...snippetContext,
    'app/snippets/__init__.py': '"""Every snippet."""\n',
    ...Object.fromEntries(placed),
  };
  return { project: 'snippets', source: '.', python: 311, texts, models: [], base: '', cases: [] };
}

function place(source: SnippetSource, choice: Choice): PlacedSnippet {
  const { prefix, title, inside } = source;
  const name = `${prefix.replaceAll('-', '_')}_${choice}`;
  const body = expandSnippet(source.body, choice).text.trimEnd();
  const isMigration = inside === 'revision' || inside === 'statement' || inside === 'environment';
  const code = surrounded(source, body);
  const header = inside === 'revision' || inside === 'statement' ? revisionHeader : '';
  const imports = [...source.imports, ...source.given, ...impliedImports(inside)];
  const text = `"""${title.replace('Alembic: ', '')}."""\n\n${importBlock(imports, header + code)}\n${header}${code}\n`;
  const folder = isMigration
    ? inside === 'environment'
      ? 'migrations'
      : 'migrations/versions'
    : 'app/snippets';
  return { source, choice, path: `${folder}/${name}.py`, text: text.replace(/\n{4,}/g, '\n\n\n') };
}

const revisionHeader = `revision = "b00000000002"
down_revision = "a00000000001"
branch_labels = None
depends_on = None

`;

function surrounded({ inside, parameters }: SnippetSource, body: string): string {
  const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '    ');
  switch (inside) {
    case 'class':
      return `\nclass Example(Base):\n    """An example."""\n\n    __tablename__ = "examples"\n\n    id: Mapped[int] = mapped_column(primary_key=True)\n${indented(body)}`;
    case 'keyless':
      return `\nclass Example(Base):\n    """An example."""\n\n    __tablename__ = "examples"\n\n${indented(body)}`;
    case 'async':
      return `\nasync def example(${['session: AsyncSession', parameters].filter(Boolean).join(', ')}) -> None:\n    """Show it."""\n${indented(used(body))}`;
    case 'plain':
      return `\nasync def example(${parameters}) -> None:\n    """Show it."""\n${indented(used(body))}`;
    case 'statement':
      return `\ndef upgrade() -> None:\n    """Do it."""\n${indented(body)}\n\n\ndef downgrade() -> None:\n    """Undo nothing."""`;
    default:
      return /^(?:class|def|async def|@)/.test(body) ? `\n${body}` : body;
  }
}

/** The code that goes on uses what a snippet makes. */
function used(body: string): string {
  const made = [...body.matchAll(/^(\w+) = .*$/gm)];
  const unused = made.filter(
    ({ 0: line, 1: name, index }) => !new RegExp(`\\b${name}\\b`).test(body.slice(index + line.length)),
  );
  return [body, ...unused.map(([, name]) => `_ = ${name}`)].join('\n');
}

function impliedImports(inside: string | null): readonly string[] {
  switch (inside) {
    case 'class':
    case 'keyless':
      return ['from app.models import Base', 'from sqlalchemy.orm import Mapped, mapped_column'];
    case 'async':
      return ['from sqlalchemy.ext.asyncio import AsyncSession'];
    case 'revision':
    case 'statement':
      return ['import sqlalchemy as sa', 'from alembic import op'];
    default:
      return [];
  }
}
