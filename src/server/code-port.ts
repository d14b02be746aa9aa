/** Leads from a server's session to the workspace's code, for the live services. */
import { statementPlaces } from '../features/statement-places.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import type { CodePort } from './live/ports.ts';
import { placeAt } from './place-at.ts';
import { relativePath } from './relative-path.ts';
import { uriOfPath } from './uri.ts';

/** `workspace` is asked each time: the newest snapshot, null while it is being read. */
export function codePort(workspace: () => WorkspaceSnapshot | null): CodePort {
  return {
    ofStatement(sql) {
      const snapshot = workspace();
      const location = snapshot && statementPlaces(snapshot).find(sql);
      if (!snapshot || !location) return null;
      const place = placeAt(snapshot, location.path, location.range.start);
      return { text: `${relativePath(snapshot, location.path)}:${place.line + 1}`, place };
    },
    ofPath(path, line) {
      const found = workspace()?.pythonFiles.find(each => isSameFile(each, path));
      return found === undefined
        ? null
        : { uri: uriOfPath(found), line: Math.max(0, line - 1), character: 0 };
    },
  };
}

/** A container has the project elsewhere: two parts of the path that agree are enough. */
function isSameFile(own: string, told: string): boolean {
  const end = told.replaceAll('\\', '/').split('/').slice(-2).join('/');
  return own === told || own.endsWith(`/${end}`);
}
