/** What was found in one file, with all that tells whether it would be found again. */
import type { FileCheck } from '../checking/check-file.ts';
import type { CheckSources } from './recorded-inquiry.ts';
import type { WorkspaceState } from './workspace-state.ts';

/** A check without what the workspace has anyway. */
export type CheckData = Pick<FileCheck, 'findings' | 'statements' | 'verdicts' | 'sqlNames'>;

export interface KeptCheck {
  readonly data: CheckData;
  readonly sources: CheckSources;
  /** What findings about the environment say of the file, and whether it is read as one of its revisions. */
  readonly standing: string;
}

/** Checks by path, with the workspace that they are of. */
export interface CheckedState {
  readonly state: WorkspaceState;
  readonly checks: ReadonlyMap<string, KeptCheck>;
}
