/** The panel of the revision graph: shows what the server tells, and does what a user asks of it. */
import type { Disposable, ExtensionContext } from 'vscode';
import { commands } from 'vscode';
import { commandId } from '../../protocol/manifest/commands.ts';
import type { MigrationEnvironmentInfo, RevisionInfo, RevisionQuestion } from '../../protocol/migrations.ts';
import { revisionDetails } from '../../protocol/migrations.ts';
import { type GraphAction, type GraphData, type GraphRun, graphPanel } from '../../protocol/panels.ts';
import { openPlace } from '../documents/open-place.ts';
import type { VirtualDocuments } from '../documents/virtual-documents.ts';
import { compareSchemas, showRevisionSql } from '../migrations/show-revision.ts';
import type { LanguageServer } from '../server/language-server.ts';
import type { MigrationsFeed } from '../server/migrations-feed.ts';
import { TreeHandle } from '../views/node-tree.ts';
import type { Subject, SubjectOf } from '../views/subject.ts';
import { Panel } from './panel.ts';

export interface GraphParts {
  readonly server: LanguageServer;
  readonly documents: VirtualDocuments;
  readonly migrations: MigrationsFeed;
}

/** As from the row of a view. */
async function run(command: 'mergeHeads' | GraphRun, subject: Subject): Promise<void> {
  const row = new TreeHandle({ id: command, label: '', spoken: '', subject }, undefined);
  await commands.executeCommand(commandId(command), row);
}

const nothing: GraphData = { environments: [], reveal: null, details: null };

export class GraphPanel implements Disposable {
  readonly #server: LanguageServer;
  readonly #documents: VirtualDocuments;
  readonly #panel: Panel<GraphData, GraphAction>;
  readonly #listener: Disposable;
  #data: GraphData = nothing;

  constructor(context: ExtensionContext, parts: GraphParts) {
    this.#server = parts.server;
    this.#documents = parts.documents;
    this.#panel = new Panel(context, {
      type: graphPanel,
      title: 'Migration Graph',
      icon: 'git-merge',
      act: action => void this.#act(action),
      shown: () => parts.migrations.watch('graph'),
      hidden: () => parts.migrations.unwatch('graph'),
    });
    this.#listener = parts.migrations.onDidChange(({ environments }) => this.#show({ environments }));
  }

  open(): void {
    this.#panel.open();
  }

  reveal({ environment, revision }: SubjectOf<'revision'>): void {
    this.#show({ reveal: { environment: environment.id, revision: revision.id } });
    this.#panel.open();
  }

  dispose(): void {
    this.#listener.dispose();
    this.#panel.dispose();
  }

  #show(news: Partial<GraphData>): void {
    this.#data = { ...this.#data, ...news };
    this.#panel.show(this.#data);
  }

  async #act(action: GraphAction): Promise<void> {
    if (action.kind === 'mergeHeads') {
      const environment = this.#data.environments.find(({ id }) => id === action.environment);
      if (environment !== undefined) await run('mergeHeads', { kind: 'environment', environment });
      return;
    }
    const { kind, environment, revision } = action;
    const question: RevisionQuestion = { environment, revision };
    if (kind === 'select') {
      const details = await this.#server.request(revisionDetails, question);
      this.#show({ details: { ...question, details } });
      return;
    }
    const found = this.#find(question);
    if (found === undefined) return;
    if (kind === 'openFile') await openPlace(found.revision.place);
    else if (kind === 'compareSchemas') await compareSchemas(this.#server, this.#documents, found);
    else if (kind === 'showSql') await showRevisionSql(this.#server, this.#documents, found);
    else await run(kind, { kind: 'revision', ...found });
  }

  /** A page names things by their identifiers; what they are, this side knows. */
  #find(
    question: RevisionQuestion,
  ): { readonly environment: MigrationEnvironmentInfo; readonly revision: RevisionInfo } | undefined {
    const environment = this.#data.environments.find(({ id }) => id === question.environment);
    const revision = environment?.revisions.find(({ id }) => id === question.revision);
    return environment && revision ? { environment, revision } : undefined;
  }
}
