/** Where code of a specification's fence stands, and what is found in it: for migration rules, in a revision or beside one. */
import assert from 'node:assert/strict';
import { checkFile } from '../src/features/checking/check-file.ts';
import {
  exampleMigrations,
  type PlacedExample,
  placeExample,
} from '../src/rules/examples/example-migrations.ts';
import { exampleModels } from '../src/rules/examples/example-project.ts';
import type { Finding } from '../src/rules/finding.ts';
import type { Rule } from '../src/rules/rule.ts';
import { workspaceOf } from './workspace.ts';

export interface RuleBench {
  place(code: string): PlacedExample;
  /** In the order of the text. `files` stand beside the code, by path. */
  findingsIn(placed: PlacedExample, files: ReadonlyMap<string, string>): Promise<readonly Finding[]>;
}

/** Rules of taste, which only the preset `all` holds, are left out of the others' cases. */
export function migrationBench(rule: Rule): RuleBench {
  const settings = { preset: 'strict', rules: { [rule.id]: rule.severity } };
  return {
    place: placeExample,
    async findingsIn({ path, text }, files) {
      const workspace = await workspaceOf(
        {
          'app/__init__.py': '',
          'app/models.py': exampleModels,
          ...exampleMigrations,
          ...Object.fromEntries(files),
          [path]: text,
        },
        settings,
      );
      const file = workspace.project.files.get(`/project/${path}`);
      assert.deepEqual(file?.module.errors ?? [], [], 'the code parses');
      const check = await checkFile(workspace, `/project/${path}`, null, new AbortController().signal);
      return [...check.findings].sort((a, b) => a.range.start - b.range.start);
    },
  };
}
