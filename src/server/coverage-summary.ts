/** The coverage that the status bar shows: statements and raw SQL together, and who judged them. */
import { judgedSource } from '../features/judging/judged-schema.ts';
import type { CoverageSummary } from '../protocol/coverage.ts';
import type { Analysis } from './analysis.ts';

export function coverageSummary(
  analysis: Analysis,
  state: 'checking' | 'ready',
  { problem, building }: Pick<CoverageSummary, 'problem' | 'building'>,
): CoverageSummary {
  const { statements, sql } = analysis.coverage();
  const { workspace } = analysis;
  const source = judgedSource(workspace);
  return {
    state,
    building,
    files: workspace.project.files.size,
    statements: {
      total: statements.total + sql.total,
      checked: statements.checked + sql.checked,
      unknown: statements.unknown + sql.unknown,
    },
    judge: source === 'none' ? null : source,
    problem,
  };
}
