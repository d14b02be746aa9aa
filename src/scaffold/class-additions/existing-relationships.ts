/** Relationships that are there: before a second foreign key comes, each must name the one that it goes by. */
import type { TextEdit } from '../../base/edit.ts';
import type { Assignment, Call } from '../../python/syntax.ts';
import type { RelationshipAttribute } from '../../sqlalchemy/model.ts';
import type { KeyBetween } from '../model/keys-between.ts';
import { namedAttributes } from '../model/render-relationship.ts';
import type { KnownFile, ModelFact, ProjectFacts } from '../project-facts.ts';
import { assign, call, layOut } from '../python-code/layout.ts';
import { assignedName } from '../python-syntax.ts';
import { withNamedKey } from '../sqlmodel/name-foreign-key.ts';
import { type ClassAddition, classIn } from './class-additions.ts';

export interface NamedRelationships {
  readonly additions: readonly ClassAddition[];
  /** Relationships that cannot be changed here, as sentences. */
  readonly problems: readonly string[];
}

/** `key` is the one foreign key between the models. */
export function nameForeignKey(
  facts: ProjectFacts,
  models: readonly [ModelFact, ModelFact],
  key: KeyBetween,
): NamedRelationships {
  const [first, second] = models;
  const sides = first === second ? [models] : [models, [second, first] as const];
  const problems: string[] = [];
  const additions = sides.map(([from, to]): ClassAddition => {
    const file = facts.fileAt(from.path);
    const edits = relationshipsTo(facts, from, to).flatMap(attribute => {
      const statement = file ? declaration(file, from, attribute) : null;
      if (!file || !statement) {
        problems.push(
          `${from.name}.${attribute.name} is not declared in the class itself: with a second foreign key to choose from, it must name its own in foreign_keys. Write that by hand first.`,
        );
        return [];
      }
      if (decided(statement.value, file)) return [];
      const edit = withForeignKey(file, statement, key, facts);
      if (edit !== null) return [edit];
      problems.push(
        `With a second foreign key to choose from, ${from.name}.${attribute.name} must name its own as "foreign_keys" in sa_relationship_kwargs. Write that by hand first.`,
      );
      return [];
    });
    return {
      path: from.path,
      className: from.name,
      columns: [],
      relationships: [],
      before: [],
      edits,
      imports: [],
      typeImports: [],
    };
  });
  return { additions: additions.filter(({ edits = [] }) => edits.length > 0), problems };
}

/** Without those of a `backref`, which go by the foreign key of the relationship that declares them. */
function relationshipsTo(
  { project }: ProjectFacts,
  from: ModelFact,
  to: ModelFact,
): readonly RelationshipAttribute[] {
  const of = ({ module, name }: ModelFact): readonly RelationshipAttribute[] =>
    (project.models.get(`${module}.${name}`)?.attributes ?? []).filter(each => each.kind === 'relationship');
  const backrefs = new Set(of(to).map(each => each.backref));
  return of(from).filter(
    ({ name, target, secondary }) =>
      target === `${to.module}.${to.name}` && secondary === null && !backrefs.has(name),
  );
}

type Declaration = Assignment & { readonly value: Call };

function declaration(file: KnownFile, { name }: ModelFact, attribute: { readonly name: string }) {
  const found = classIn(file, name)?.body.find(
    (each): each is Declaration =>
      each.kind === 'assignment' && each.value?.kind === 'call' && assignedName(each) === attribute.name,
  );
  return found ?? null;
}

/** True where the relationship says already how the tables are joined. */
function decided({ arguments: all, start, end }: Call, { text }: KnownFile): boolean {
  return (
    all.some(({ keyword }) => ['foreign_keys', 'primaryjoin'].includes(keyword?.id ?? '')) ||
    /sa_relationship_kwargs[\s\S]*["'](foreign_keys|primaryjoin)["']/.test(text.slice(start, end))
  );
}

/** Laid out anew, unless comments or lines within would be lost. */
function withForeignKey(
  { text }: KnownFile,
  statement: Declaration,
  { owner, attributes }: KeyBetween,
  { style, base }: ProjectFacts,
): TextEdit | null {
  const { value } = statement;
  const named = namedAttributes(owner.name, attributes, style);
  if (base?.kind === 'sqlmodel') return withNamedKey(text, statement, named, style);
  const option = `foreign_keys=${named}`;
  const written = value.arguments.map(({ start, end }) => text.slice(start, end));
  const place = value.arguments.findIndex(({ keyword }) => keyword !== null);
  const index = place < 0 ? written.length : place;
  const head = text.slice(statement.start, value.start);
  const isPlain = /[^(\s]\s*=\s*$/.test(head) && !written.some(each => each.includes('\n'));
  if (isPlain && !text.slice(value.start, value.end).includes('#')) {
    const name = text.slice(value.function.start, value.function.end);
    const code = call(name, ...written.slice(0, index), option, ...written.slice(index));
    const lines = layOut(assign(head.replace(/\s*=\s*$/, ''), code), 4, style);
    return { range: statement, newText: lines.join('\n').trimStart() };
  }
  const next = value.arguments[index];
  if (next) {
    const gap = text.slice(text.lastIndexOf('\n', next.start - 1), next.start);
    const separator = gap.trim() === '' ? gap : ' ';
    return { range: { start: next.start, end: next.start }, newText: `${option},${separator}` };
  }
  const last = value.arguments.at(-1);
  const at = last?.end ?? value.argumentsRange.start + 1;
  return { range: { start: at, end: at }, newText: last ? `, ${option}` : option };
}
