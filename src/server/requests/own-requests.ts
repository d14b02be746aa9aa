/** The requests of our own protocol. Each answer comes from a feature or a live service; nothing is decided here. */

import { indexLines, positionAt } from '../../base/line-index.ts';
import { formatSqlAt } from '../../features/format-sql.ts';
import { findRule, ruleList, rulePage } from '../../features/rule-page.ts';
import { loadText, loadTitle, separateLoadsOf } from '../../features/separate-loads.ts';
import { statementAt } from '../../features/statement-at.ts';
import { listConnections, passwordChanged, testConnection } from '../../protocol/connections.ts';
import {
  type CheckResult,
  checkWorkspace,
  type UnknownStatement,
  unknownStatements,
} from '../../protocol/coverage.ts';
import { type FormatSqlQuestion, type FormattedSql, formatSqlText } from '../../protocol/format-sql.ts';
import { listMigrations, unwatchMigrations, watchMigrations } from '../../protocol/migrations.ts';
import { pastFigures, unwatchPools, watchPools } from '../../protocol/pools.ts';
import { explainRule, listRules } from '../../protocol/rule-pages.ts';
import { trustGranted } from '../../protocol/session.ts';
import { endSession, explainSession } from '../../protocol/session-actions.ts';
import { type StatementSql, type StatementSqlQuestion, statementSql } from '../../protocol/statement-sql.ts';
import { formatSql } from '../../sql/format.ts';
import { coverageSummary } from '../coverage-summary.ts';
import { relativePath } from '../relative-path.ts';
import type { ServerConnection } from '../server-connection.ts';
import type { ServerSession } from '../server-session.ts';
import { uriOfPath } from '../uri.ts';
import { answer, hear } from './answer.ts';
import { placeIn } from './file-place.ts';

export function answerOwnRequests(connection: ServerConnection, session: ServerSession): void {
  const { live } = session;
  answer(connection, listConnections, () => live.connections());
  answer(connection, testConnection, ({ id }) => live.test(id));
  hear(connection, passwordChanged, ({ id }) => live.passwordChanged(id));
  hear(connection, watchPools, ({ intervalMs }) => live.watchPools(intervalMs));
  hear(connection, unwatchPools, () => live.unwatchPools());
  answer(connection, pastFigures, question => live.pastFigures(question.connection));
  answer(connection, endSession, end => live.endSession(end));
  answer(connection, explainSession, reference => live.explainSession(reference));
  answer(connection, listMigrations, () => live.migrations());
  hear(connection, watchMigrations, () => live.watchMigrations());
  hear(connection, unwatchMigrations, () => live.unwatchMigrations());
  hear(connection, trustGranted, () => session.setTrusted(true));
  answer(connection, listRules, () => ruleList());
  answer(connection, explainRule, ({ id }) => {
    const rule = findRule(id);
    return rule ? rulePage(rule) : null;
  });
  answer(connection, statementSql, question => sqlAt(session, question));
  answer(connection, formatSqlText, question => formattedAt(session, question));
  answer(connection, unknownStatements, () => unknownOnes(session));
  answer(connection, checkWorkspace, () => checkAll(session));
}

function sqlAt(session: ServerSession, { uri, position }: StatementSqlQuestion): StatementSql | null {
  const place = placeIn(session.analysis?.workspace, uri);
  if (!place) return null;
  const { workspace, path, positions } = place;
  const statement = statementAt(workspace, path, positions.offset(position));
  if (!statement) return null;
  return {
    line: positions.position(statement.location.range.start).line,
    forms: statement.forms.map(form => ({
      sql: formatSql(form.sql) ?? form.sql,
      parameters: form.parameters.map(
        each => `$${each.position}: ${each.name}${each.type ? ` (${each.type})` : ''}`,
      ),
      condition: null,
    })),
    loads: separateLoadsOf(workspace, statement).map(load => ({
      title: loadTitle(load),
      text: loadText(load),
      known: load.statement !== null,
    })),
    unknown: statement.unknown?.detail ?? null,
  };
}

function formattedAt(session: ServerSession, { uri, position }: FormatSqlQuestion): FormattedSql | null {
  const place = placeIn(session.typedWorkspace(), uri);
  const edit = place && formatSqlAt(place.workspace, place.path, place.positions.offset(position));
  if (!place || !edit) return null;
  if ('refusal' in edit) return edit;
  return { range: place.positions.range(edit.range), newText: edit.newText };
}

const mostUnknown = 500;

function unknownOnes(session: ServerSession): readonly UnknownStatement[] {
  const { analysis } = session;
  if (!analysis) return [];
  const { workspace } = analysis;
  return analysis.checks
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap(({ path, statements }) => {
      const lines = indexLines(workspace.textOf(path) ?? '');
      return statements.flatMap(({ statement, unknown }) => {
        if (unknown === null) return [];
        const { line, column } = positionAt(lines, statement.location.range.start);
        const place = { uri: uriOfPath(path), line, character: column };
        return [{ place, path: relativePath(workspace, path), reason: unknown }];
      });
    })
    .slice(0, mostUnknown);
}

async function checkAll(session: ServerSession): Promise<CheckResult> {
  const { analysis } = session;
  if (!analysis) throw new Error('The workspace is still being read. Try again in a moment.');
  analysis.update(analysis.workspace, []);
  await analysis.settled();
  const findings = analysis.checks.flatMap(check => check.findings);
  return {
    files: analysis.checks.length,
    findings: findings.length,
    errors: findings.filter(finding => finding.severity === 'error').length,
    coverage: coverageSummary(analysis, 'ready', { problem: session.judgeProblem, building: null }),
  };
}
