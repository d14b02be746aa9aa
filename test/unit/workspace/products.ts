/** Everything that a snapshot says about its Python, as plain data that two snapshots can be compared by. */
import { walk } from '../../../src/python/walk.ts';
import type { SqlAlchemyProject } from '../../../src/sqlalchemy/project.ts';
import type { FilePort, ReadOutcome } from '../../../src/workspace/files/file-port.ts';
import type { WorkspaceSnapshot } from '../../../src/workspace/snapshot.ts';
import type { Texts } from './random-edits.ts';

export function productsOf({ project, environments }: WorkspaceSnapshot): unknown {
  return {
    files: [...project.files.keys()],
    models: [...project.models],
    engines: project.engines,
    sessionFactories: project.sessionFactories,
    environments: environments.map(({ config, graph }) => [config, graph.nodes.map(node => node.id)]),
    facts: [...project.files.values()].map(({ path, module }) => {
      const facts = project.factsOf(path);
      const meanings: unknown[] = [];
      for (const node of walk(module)) {
        const outlines = facts.outlinesAt(node as never);
        const meaning = facts.meaningOf(node as never);
        if (meaning.kind !== 'unknown' || outlines.length > 0)
          meanings.push([node.start, node.end, short(meaning, project), short(outlines, project)]);
      }
      return [path, short(facts.models, project), facts.statements, meanings];
    }),
  };
}

/** With models by name, and whether they are the project's own: a stale one is a mistake. */
function short(data: unknown, project: SqlAlchemyProject): unknown {
  return JSON.parse(
    JSON.stringify(data, (_key, value: unknown) => {
      if (typeof value !== 'object' || value === null || !('qualifiedName' in value)) return value;
      const name = String(value.qualifiedName);
      return `${name} ${project.models.get(name) === value ? 'current' : 'stale'}`;
    }),
  );
}

export function portOf(texts: Texts): FilePort {
  const read = (path: string): ReadOutcome => {
    const text = texts.get(path);
    return text === undefined
      ? { kind: 'failed', reason: `${path} does not exist` }
      : { kind: 'read', bytes: Buffer.from(text) };
  };
  return {
    list: async () =>
      [...texts].map(([path, text]) => ({ path, size: Buffer.byteLength(text), modified: 0 })),
    read: async path => read(path),
    readNow: read,
  };
}
