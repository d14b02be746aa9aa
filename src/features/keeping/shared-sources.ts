/**
 * What checks were made from, with equal names and answers said by the same objects: hundreds of checks ask about the same
 * classes and the same parts of files, and each recorded them for itself.
 */
import { isSameList } from '../../base/same-list.ts';
import type { Answer, CheckSources } from './recorded-inquiry.ts';
import { answersIn, namesIn, partsOf } from './source-parts.ts';

/** Names of an edited workspace come and go: beyond so many, all are forgotten, also those that nobody has any more. */
const KEPT_NAMES = 500_000;

const none: readonly never[] = [];

export class SharedSources {
  readonly #names = new Map<string, string>();
  /** By what was asked about: the answer that was given last. */
  readonly #answers = new Map<string, Answer>();

  /** The same, said with objects that other sources have too. */
  share(sources: CheckSources): CheckSources {
    if (this.#names.size > KEPT_NAMES) {
      this.#names.clear();
      this.#answers.clear();
    }
    return {
      ...sources,
      ...partsOf(namesIn, part => this.#namesOf(sources[part])),
      ...partsOf(answersIn, part => this.#answersOf(part, sources[part])),
    };
  }

  #namesOf(names: readonly string[]): readonly string[] {
    return names.length === 0 ? none : names.map(name => this.#nameOf(name));
  }

  #nameOf(name: string): string {
    const known = this.#names.get(name);
    if (known === undefined) this.#names.set(name, name);
    return known ?? name;
  }

  #answersOf(kind: string, answers: readonly Answer[]): readonly Answer[] {
    return answers.length === 0 ? none : answers.map(answer => this.#answerOf(kind, answer));
  }

  #answerOf(kind: string, answer: Answer): Answer {
    const [of, names] = answer;
    const key = `${kind} ${of}`;
    const known = this.#answers.get(key);
    if (known !== undefined && isSameList(known[1], names)) return known;
    const shared: Answer = [this.#nameOf(of), this.#namesOf(names)];
    this.#answers.set(key, shared);
    return shared;
  }
}
