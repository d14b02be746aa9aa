/** What the suite inside the editor and the runner outside say to each other, as JSON over HTTP on the loopback. */

/** The variable that tells the suite where the runner listens. */
export const BRIDGE_VARIABLE = 'DBPATTERNS_TEST_BRIDGE';

/** A selector is Playwright's (CSS, `text=…`, `role=…`); `webview` looks for it inside the webviews instead. */
export type Target = { readonly selector: string; readonly inside?: 'workbench' | 'webview' };

export type TestResult = {
  /** Titles from the outermost suite to the test. */
  readonly title: readonly string[];
  readonly state: 'passed' | 'failed' | 'pending';
  readonly durationMs: number;
  readonly error?: string;
};

export type BridgeRequest =
  | { readonly action: 'result'; readonly result: TestResult }
  | { readonly action: 'screenshot'; readonly name: string }
  | { readonly action: 'press'; readonly keys: string }
  | { readonly action: 'type'; readonly text: string }
  | { readonly action: 'stored'; readonly text: string }
  | ({ readonly action: 'fill'; readonly text: string } & Target)
  | ({ readonly action: 'click' | 'rightClick' | 'hover' | 'text' | 'count' } & Target);

export type BridgeResponse =
  | { readonly kind: 'done'; readonly value: string | number | null }
  | { readonly kind: 'failed'; readonly message: string };
