/** Edits as people make them, and worse ones: chosen at random, the same for the same seed. */
import { generator, pick, type Random } from '../../random.ts';
import { project, spareFiles } from './sample-project.ts';

export type Texts = Map<string, string>;

export interface RandomEdit {
  readonly through: 'document' | 'disk';
  /** Changes one file. */
  apply(texts: Texts): { readonly path: string; readonly description: string };
}

/** Null where the edit has nothing to do with this text; the text gone means the file is deleted. */
type Change = (text: string, random: Random) => string | null | undefined;

const words: readonly (readonly [string, string])[] = [
  ['User', 'Person'],
  ['email', 'mail'],
  ['Base', 'Root'],
  ['users', 'people'],
  ['Timestamps', 'Dated'],
  ['active_users', 'active_people'],
  ['orders', 'purchases'],
  ['String(100)', 'Integer'],
  ['postgresql', 'sqlite'],
  ['app.models', 'app.models.user'],
  ['relationship', 'column_property'],
];

const changes: Readonly<Record<string, Change>> = {
  'a line in a body': (text, random) => insertLine(text, random, /^ {4}\S/, '    extra = 1'),
  'a comment at the top': text => `# a comment\n${text}`,
  'a column': (text, random) =>
    insertLine(text, random, /mapped_column/, '    added: Mapped[int] = mapped_column()'),
  'a late relationship': text => `${text}\nUser.late = relationship("Order", viewonly=True)\n`,
  'another import': (text, random) =>
    `${pick(['from app import *', 'from app.models.user import User', 'import app.tables', 'from app.base import Base'], random)}\n${text}`,
  'a name': (text, random) => {
    const [one, two] = pick(words, random);
    return text.includes(one) ? text.replaceAll(one, two) : text.replaceAll(two, one);
  },
  'a line removed': (text, random) => {
    const lines = text.split('\n');
    lines.splice(random(lines.length), 1);
    return lines.join('\n');
  },
  'a line twice': (text, random) => {
    const lines = text.split('\n');
    const at = random(lines.length);
    lines.splice(at, 0, lines[at] ?? '');
    return lines.join('\n');
  },
  'half typed': (text, random) => text.slice(0, random(text.length)),
  'the file removed': () => undefined,
};

export function* editsOf(seed: number, count: number): Generator<RandomEdit> {
  const random = generator(seed);
  for (let index = 0; index < count; index++) {
    const through = random(2) === 0 ? 'document' : 'disk';
    yield { through, apply: texts => applyOne(texts, random) };
  }
}

function applyOne(texts: Texts, random: Random): ReturnType<RandomEdit['apply']> {
  const all = new Map([...project, ...spareFiles]);
  // Now and then a file is as it was, or comes anew: without it, nothing would be left after some edits.
  if (random(3) === 0) {
    const path = pick([...all.keys()], random);
    texts.set(path, all.get(path) ?? '');
    return { path, description: `${path}: as written` };
  }
  const path = pick([...texts.keys()], random);
  const name = pick(Object.keys(changes), random);
  const text = changes[name]?.(texts.get(path) ?? '', random);
  if (text === undefined) texts.delete(path);
  else if (text !== null) texts.set(path, text);
  return { path, description: `${path}: ${name}` };
}

function insertLine(text: string, random: Random, after: RegExp, line: string): string | null {
  const lines = text.split('\n');
  const places = lines.flatMap((each, index) => (after.test(each) ? [index] : []));
  if (places.length === 0) return null;
  lines.splice(pick(places, random), 0, line);
  return lines.join('\n');
}
