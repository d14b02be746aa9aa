/** Which files of a workspace are checked: an edit that leaves the same files there goes through none of them. */
import { keysApart } from '../base/replaced-map.ts';
import { isSameList } from '../base/same-list.ts';
import { checkedConfigurations } from '../features/checking/configuration-findings.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';

/** Of one workspace after the other. */
export class CheckedPaths {
  #last: WorkspaceSnapshot | null = null;
  #paths: ReadonlySet<string> = new Set();

  /** The same set for as long as these are the same files. */
  of(workspace: WorkspaceSnapshot): ReadonlySet<string> {
    if (this.#last === null || !hasSameFiles(this.#last, workspace))
      this.#paths = new Set([...checkedFiles(workspace), ...checkedConfigurations(workspace)]);
    this.#last = workspace;
    return this.#paths;
  }
}

function hasSameFiles(before: WorkspaceSnapshot, now: WorkspaceSnapshot): boolean {
  return (
    before.pythonFiles === now.pythonFiles &&
    before.sqlFiles === now.sqlFiles &&
    before.environments === now.environments &&
    isSameList(checkedConfigurations(before), checkedConfigurations(now)) &&
    keysApart(before.project.files, now.project.files) !== null
  );
}

/** Files with facts, and revision files, whose graph may have something to say. */
function checkedFiles({
  pythonFiles,
  sqlFiles,
  project,
  environments,
}: WorkspaceSnapshot): readonly string[] {
  const revisions = environments.flatMap(({ graph }) => graph.nodes.map(({ revision }) => revision.path));
  const told = new Set(revisions);
  return [...pythonFiles.filter(path => project.files.has(path) || told.has(path)), ...sqlFiles];
}
