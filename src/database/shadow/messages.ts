/** What the shadow database's two processes say to each other, one JSON object a message. */
import type { DdlStatement } from '../../schema/ddl.ts';
import type { SqlQuestion } from '../judge.ts';
import type { Verdict } from '../verdict.ts';
import type { SchemaProblem } from './ddl-runner.ts';
import type { PgliteFiles } from './open-pglite.ts';
import type { SchemaProgress } from './schema-progress.ts';

/** Answered in the order in which they are sent. */
export type ShadowRequest =
  | { readonly id: number; readonly kind: 'start'; readonly files: PgliteFiles }
  | { readonly id: number; readonly kind: 'schema'; readonly statements: readonly DdlStatement[] }
  | ({ readonly id: number; readonly kind: 'describe' } & SqlQuestion);

export type ShadowReply =
  | { readonly id: number; readonly kind: 'started' }
  /** What of the schema could not be built as it is: any number of these come before the answer that asked for it. */
  | { readonly id: number; readonly kind: 'problem'; readonly problem: SchemaProblem }
  /** Any number of these come before the answer to a schema. */
  | ({ readonly id: number; readonly kind: 'progress' } & SchemaProgress)
  | { readonly id: number; readonly kind: 'schema' }
  | { readonly id: number; readonly kind: 'verdict'; readonly verdict: Verdict };
