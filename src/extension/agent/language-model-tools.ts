/** The tools that the editor's language models may call: each is a request to the server, which has them all. */
import type {
  CancellationToken,
  Disposable,
  ExtensionContext,
  LanguageModelTool,
  LanguageModelToolInvocationOptions,
  LanguageModelToolInvocationPrepareOptions,
  PreparedToolInvocation,
} from 'vscode';
import { LanguageModelTextPart, LanguageModelToolResult, lm } from 'vscode';
import { agentToolPrefix, callAgentTool, prepareAgentTool } from '../../protocol/agent.ts';
import type { LanguageServer } from '../server/language-server.ts';

interface Manifest {
  readonly contributes: { readonly languageModelTools: readonly { readonly name: string }[] };
}

/** Those of the manifest, which is generated from the same list that the server calls. */
export function registerLanguageModelTools(
  { extension }: ExtensionContext,
  server: LanguageServer,
): readonly Disposable[] {
  const { contributes } = extension.packageJSON as Manifest;
  return contributes.languageModelTools.map(({ name }) =>
    lm.registerTool(name, new ServerTool(server, name)),
  );
}

class ServerTool implements LanguageModelTool<object> {
  readonly #server: LanguageServer;
  readonly #name: string;

  constructor(server: LanguageServer, name: string) {
    this.#server = server;
    this.#name = name.slice(agentToolPrefix.length);
  }

  async prepareInvocation(
    { input }: LanguageModelToolInvocationPrepareOptions<object>,
    token: CancellationToken,
  ): Promise<PreparedToolInvocation> {
    const call = { name: this.#name, input };
    const { message, confirmation } = await this.#server.request(prepareAgentTool, call, token);
    return confirmation === null
      ? { invocationMessage: message }
      : { invocationMessage: message, confirmationMessages: confirmation };
  }

  async invoke(
    { input }: LanguageModelToolInvocationOptions<object>,
    token: CancellationToken,
  ): Promise<LanguageModelToolResult> {
    const call = { name: this.#name, input };
    const { text } = await this.#server.request(callAgentTool, call, token);
    return new LanguageModelToolResult([new LanguageModelTextPart(text)]);
  }
}
