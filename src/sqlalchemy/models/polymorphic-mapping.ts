/** How the classes of one hierarchy are told apart and loaded, worked out over the whole line of inheritance. */
import type { Model } from '../model.ts';
import type { ModelDraft } from './drafts.ts';
import type { Linking } from './linking.ts';

/** Empty for a class without a discriminator. */
export function polymorphicMapping(
  draft: ModelDraft,
  line: readonly ModelDraft[],
  linking: Linking,
): Pick<Model, 'polymorphic'> {
  const given = line.flatMap(({ polymorphic }) => polymorphic?.on ?? []);
  const [on] = given.filter(each => each !== 'unknown');
  if (given.length === 0) return {};
  const { identity = null, abstract = false } = draft.polymorphic ?? {};
  return {
    polymorphic: {
      on: on?.name ?? null,
      identity: identity === 'None' ? null : identity,
      abstract,
      loadedWith: loadedWith(draft, linking),
      ...(draft.polymorphic?.selectin ? { selectin: true } : {}),
    },
  };
}

function loadedWith(draft: ModelDraft, linking: Linking): readonly string[] | null {
  if (draft.polymorphic?.loads === 'unknown') return null;
  const direct = linking.subclassesOf(draft.qualifiedName);
  const loaded =
    draft.polymorphic?.loads === 'all'
      ? descendants(draft, linking)
      : direct.filter(each => each.polymorphic?.inline);
  return loaded.every(each => each.style !== 'concrete') ? loaded.map(each => each.qualifiedName) : null;
}

/** Level by level, as mappers are asked. */
function descendants(draft: ModelDraft, linking: Linking): readonly ModelDraft[] {
  const found = new Set<ModelDraft>();
  for (let level: readonly ModelDraft[] = [draft]; level.length > 0; ) {
    level = level.flatMap(each => linking.subclassesOf(each.qualifiedName)).filter(each => !found.has(each));
    for (const each of level) found.add(each);
  }
  return [...found];
}
