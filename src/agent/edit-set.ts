/** Files of a scaffold as a set of edits for an agent to apply. */
import type { ClashChoice } from '../base/clash-choice.ts';
import type { ScaffoldFile } from '../scaffold/scaffold.ts';
import { clashesIn, settleClashes } from '../scaffold/settle-clashes.ts';
import type { AgentContext } from './context.ts';
import { refused, type ToolAnswer } from './tool.ts';
import { shownPath, workspacePlaces } from './workspace-path.ts';

export function editSet(
  written: readonly ScaffoldFile[],
  notes: readonly string[],
  { workspace, exists }: Pick<AgentContext, 'workspace' | 'exists'>,
  clash?: ClashChoice,
): ToolAnswer {
  const { roots } = workspace;
  const { files } = settleClashes({ files: written, open: null }, () => clash, exists);
  const clashes = clashesIn(files, exists);
  if (clashes.length > 0)
    return refused(
      'Files of these names are there already. Ask the user, and call again with `clash`, or with answers that lead to other names.',
      { files: clashes.map(path => shownPath(roots, path)) },
    );
  const places = workspacePlaces(workspace);
  const created = files.flatMap(file => (file.kind === 'create' ? [file] : []));
  const changed = files.flatMap(file => (file.kind === 'edit' ? [file] : []));
  return {
    kind: 'answered',
    narrow:
      'Text that is cut is not to be applied: ask for less at a time, such as fewer `tables`, or have the user run `dbpatterns scaffold`, which writes the files.',
    summary: `${created.length} new files and edits in ${changed.length} others. Nothing is written: apply them all, edits of one file from its end.`,
    data: {
      notes,
      ...Object.fromEntries(
        created.map(({ path, text, replaces }) => [
          `${replaces ? 'replace' : 'create'} ${shownPath(roots, path)}`,
          text,
        ]),
      ),
      edit: changed.flatMap(({ path, edits }) =>
        edits.map(({ range, newText }) => ({
          file: shownPath(roots, path),
          range: places.range(path, range),
          newText,
        })),
      ),
    },
  };
}
