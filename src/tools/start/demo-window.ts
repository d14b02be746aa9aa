/** The editor that the demo shows, whichever it is. */
import type { Service } from '../service.ts';

export type DemoWindow = AsyncDisposable & {
  /** Ends when the editor does. */
  readonly service: Service;
  /** Where a browser finds it; undefined for a window that is on the screen already. */
  readonly address: string | undefined;
};
