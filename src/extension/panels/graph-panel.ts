/** The panel of the revision graph: shows what the server tells, and does what a user asks of it. */
import type { Disposable, ExtensionContext } from 'vscode';
import type { MigrationEnvironmentInfo, RevisionInfo, RevisionQuestion } from '../../protocol/migrations.ts';
import { listMigrations, migrationsChanged, revisionDetails } from '../../protocol/migrations.ts';
import { type GraphAction, type GraphData, graphPanel } from '../../protocol/panels.ts';
import { openPlace } from '../documents/open-place.ts';
import type { VirtualDocuments } from '../documents/virtual-documents.ts';
import { compareSchemas, showRevisionSql } from '../migrations/show-revision.ts';
import type { LanguageServer } from '../server/language-server.ts';
import type { SubjectOf } from '../views/subject.ts';
import { Panel } from './panel.ts';

const nothing: GraphData = { environments: [], reveal: null, details: null };

export class GraphPanel implements Disposable {
  readonly #server: LanguageServer;
  readonly #documents: VirtualDocuments;
  readonly #panel: Panel<GraphData, GraphAction>;
  #data: GraphData = nothing;

  constructor(context: ExtensionContext, server: LanguageServer, documents: VirtualDocuments) {
    this.#server = server;
    this.#documents = documents;
    this.#panel = new Panel(context, {
      type: graphPanel,
      title: 'Migration Graph',
      icon: 'git-merge',
      act: action => void this.#act(action),
      visibilityChanged: visible => {
        if (visible) void this.#read();
      },
    });
    server.onNotification(migrationsChanged, ({ environments }) => this.#show({ environments }));
  }

  open(): void {
    this.#panel.open();
  }

  reveal({ environment, revision }: SubjectOf<'revision'>): void {
    this.#data = { ...this.#data, reveal: { environment: environment.id, revision: revision.id } };
    this.#panel.open();
    void this.#read();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  async #read(): Promise<void> {
    try {
      const { environments } = await this.#server.request(listMigrations, {});
      this.#show({ environments });
    } catch {
      // The views tell why the server does not answer; the panel keeps what it had.
    }
  }

  #show(news: Partial<GraphData>): void {
    this.#data = { ...this.#data, ...news };
    this.#panel.show(this.#data);
  }

  async #act({ kind, environment, revision }: GraphAction): Promise<void> {
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
    else await showRevisionSql(this.#server, this.#documents, found);
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
