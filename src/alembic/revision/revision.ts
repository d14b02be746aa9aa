/** A revision file as data: what `alembic` reads of it, with the range of everything that a fix may change. */
import type { TextRange } from '../../base/range.ts';

export interface Revision {
  readonly id: string;
  /** The literal after `revision =`; the file's first line where the id comes from a legacy file name. */
  readonly idRange: TextRange;
  /** In the order written; empty for a base. */
  readonly down: readonly RevisionReference[];
  /** The value after `down_revision =`, or null where the file has none. */
  readonly downRange: TextRange | null;
  readonly dependsOn: readonly RevisionReference[];
  readonly branchLabels: readonly RevisionReference[];
  /** Some of the references are computed, and not known before the file runs. */
  readonly computed: boolean;
  /** As the caller names the file. */
  readonly path: string;
  /** The docstring's first paragraph, as `alembic history` shows it; empty without a docstring. */
  readonly message: string;
  /** The docstring's `Create Date`, as written. */
  readonly createDate: string | null;
  readonly upgrade: MigrationFunction | null;
  readonly downgrade: MigrationFunction | null;
}

/** A revision id or branch label that a file names. */
export interface RevisionReference {
  readonly id: string;
  readonly range: TextRange;
}

export interface MigrationFunction {
  /** From `def` to the end of its last statement. */
  readonly range: TextRange;
  readonly nameRange: TextRange;
  /** Nothing but a docstring, `pass` and `...`. */
  readonly empty: boolean;
}

/** A file in a versions folder that Alembic would load. */
export type RevisionReading =
  | { readonly kind: 'revision'; readonly revision: Revision; readonly problems: readonly RevisionProblem[] }
  /** Its id cannot be told by reading alone, or it has none, which stops Alembic. */
  | { readonly kind: 'unreadable'; readonly path: string; readonly problem: RevisionProblem };

export interface RevisionProblem {
  readonly code: RevisionProblemCode;
  /** A sentence for users: what, why, and what to do. */
  readonly message: string;
  readonly path: string;
  readonly range: TextRange;
  /** Ids of the revisions that it is about. */
  readonly revisions: readonly string[];
}

export type RevisionProblemCode =
  | 'missing-revision-id'
  | 'computed-revision-id'
  | 'computed-reference'
  | 'illegal-revision-id'
  | 'long-revision-id'
  | 'duplicate-revision-id'
  | 'self-loop'
  | 'revision-cycle'
  | 'unknown-down-revision'
  | 'unknown-dependency'
  | 'branch-label-clash'
  | 'several-heads'
  | 'double-merge';
