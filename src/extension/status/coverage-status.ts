/** How much of the workspace's SQL was checked: an item in the status bar, and one in the Python language status. */
import type { Disposable, LanguageStatusItem, StatusBarItem } from 'vscode';
import { LanguageStatusSeverity, languages, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { CoverageSummary } from '../../protocol/coverage.ts';
import { coverageChanged } from '../../protocol/coverage.ts';
import { commandId } from '../../protocol/manifest/commands.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { coverageText } from './coverage-text.ts';

export class CoverageStatus implements Disposable {
  readonly #bar: StatusBarItem;
  readonly #language: LanguageStatusItem;

  constructor(server: LanguageServer) {
    this.#bar = window.createStatusBarItem('databasePatterns.coverage', StatusBarAlignment.Left, -10);
    this.#bar.name = 'Database Patterns: SQL Coverage';
    this.#bar.command = commandId('showCoverage');
    this.#language = languages.createLanguageStatusItem('databasePatterns.coverage', { language: 'python' });
    this.#language.name = 'Database Patterns';
    this.#language.command = { command: commandId('showCoverage'), title: 'Details' };
    server.onNotification(coverageChanged, summary => this.#show(summary));
  }

  hide(): void {
    this.#bar.hide();
  }

  dispose(): void {
    for (const disposable of [this.#bar, this.#language]) disposable.dispose();
  }

  #show(summary: CoverageSummary): void {
    const { short, long, busy } = coverageText(summary);
    const problem = summary.problem !== null;
    this.#bar.text = `$(${busy ? 'sync~spin' : problem ? 'warning' : 'database'}) ${short}`;
    this.#bar.tooltip = long;
    this.#bar.accessibilityInformation = { label: long };
    this.#bar.backgroundColor = problem ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#language.text = short;
    this.#language.detail = summary.problem ?? `judged by ${summary.judge ?? 'rules only'}`;
    this.#language.severity = problem ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
    this.#language.busy = busy;
    if (summary.state === 'ready' && summary.statements.total === 0 && !problem) this.#bar.hide();
    else this.#bar.show();
  }
}
