/** A page's side of its panel: listens for data, asks for what a user wants done, and keeps its own state for a restart. */
import type { MessageFromPage, MessageToPage, PanelType } from '../protocol/panels.ts';

/** What VS Code gives a page, once. */
interface WebviewApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): WebviewApi;

export interface Host<Data, Action> {
  want(action: Action): void;
  /** What was kept last, also by an earlier window of the editor; whatever an older version kept is still there. */
  readonly kept: unknown;
  /** Plain data only. */
  keep(state: unknown): void;
  /** From now on. */
  listen(show: (data: Data) => void): void;
}

/** To be called once a page: VS Code gives its half only once. */
export function connectHost<Data, Action>(_type: PanelType<Data, Action>): Host<Data, Action> {
  const api = acquireVsCodeApi();
  const send = (message: MessageFromPage<Action>) => api.postMessage(message);
  return {
    kept: api.getState(),
    keep: state => api.setState(state),
    want: action => send({ kind: 'wants', action }),
    listen(show) {
      window.addEventListener('message', ({ data: message }: MessageEvent<MessageToPage<Data>>) => {
        if (message.kind === 'show') show(message.data);
      });
      send({ kind: 'listening' });
    },
  };
}
