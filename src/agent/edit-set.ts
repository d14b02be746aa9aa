/** Files of a scaffold as a set of edits for an agent to apply, in pages where it is long. */

import type { ClashChoice } from '../base/clash-choice.ts';
import { applyOrder } from '../base/edit.ts';
import { textNumber } from '../base/text-number.ts';
import type { ScaffoldFile } from '../scaffold/scaffold.ts';
import { clashesIn, settleClashes } from '../scaffold/settle-clashes.ts';
import type { AgentContext } from './context.ts';
import { editPages } from './edit-pages.ts';
import { answerLimit } from './render-answer.ts';
import { refused, type ToolAnswer } from './tool.ts';
import { shownPath, workspacePlaces } from './workspace-path.ts';

export interface EditSetOptions {
  readonly clash?: ClashChoice | undefined;
  /** From 1. */
  readonly page?: number | undefined;
  /** With what the next page is asked for, where the same input would give other files. */
  readonly moment?: string | undefined;
}

/** What says which page it is. */
const pageFrame = 200;

export function editSet(
  written: readonly ScaffoldFile[],
  notes: readonly string[],
  context: Pick<AgentContext, 'workspace' | 'exists'>,
  { clash, page: number = 1, moment }: EditSetOptions = {},
): ToolAnswer {
  const { workspace, exists } = context;
  const { files } = settleClashes({ files: written, open: null }, () => clash, exists);
  const clashes = clashesIn(files, exists);
  if (clashes.length > 0)
    return refused(
      'Files of these names are there already. Ask the user, and call again with `clash`, or with answers that lead to other names.',
      { files: clashes.map(path => shownPath(workspace.roots, path)) },
    );
  const pages = pagesOf(files, notes, workspace);
  const page = pages[number - 1];
  if (page === undefined) return refused('There is no such page.', { pages: pages.length });
  const created = files.filter(({ kind }) => kind === 'create').length;
  const counts = `${created} new files and edits in ${files.length - created} others.`;
  if (pages.length === 1)
    return { kind: 'answered', summary: `${counts} Nothing is written: ${howToApply}`, data: page };
  // The project may change between two calls.
  const set = textNumber(JSON.stringify(pages)).toString(16);
  return {
    kind: 'answered',
    summary: `${counts} Page ${number} of ${pages.length}: call again with the same input${moment === undefined ? '' : ', the `moment`'} and each other \`page\` before you apply any of them, and begin again where their \`set\` differs. Nothing is written: ${howToApply} A text of \`append\` goes on where the one before it ends.`,
    data: { set, page: number, pages: pages.length, ...(moment === undefined ? {} : { moment }), ...page },
  };
}

const howToApply = 'apply them all, edits in the order in which they stand, which is from the end of a file.';

function pagesOf(
  files: readonly ScaffoldFile[],
  notes: readonly string[],
  workspace: AgentContext['workspace'],
): ReturnType<typeof editPages> {
  const places = workspacePlaces(workspace);
  const texts = files.flatMap(file =>
    file.kind === 'create'
      ? [
          {
            verb: file.replaces ? 'replace' : 'create',
            file: shownPath(workspace.roots, file.path),
            text: file.text,
          },
        ]
      : [],
  );
  const edits = files.flatMap(file =>
    file.kind === 'edit'
      ? applyOrder(file.edits)
          .toReversed()
          .map(({ range, newText }) => ({
            file: shownPath(workspace.roots, file.path),
            range: places.range(file.path, range),
            newText,
          }))
      : [],
  );
  return editPages({ texts, edits, notes }, answerLimit - pageFrame);
}
