/** Paths as text, with slashes: joined and tidied without asking a file system. */

/** `path` as seen from `folder`: absolute paths stay, `.` and `..` are taken out as far as they can be. */
export function joinPath(folder: string, path: string): string {
  const forward = path.replaceAll('\\', '/');
  const absolute = forward.startsWith('/') || /^[A-Za-z]:\//.test(forward);
  const joined = absolute || folder === '' ? forward : `${folder.replaceAll('\\', '/')}/${forward}`;
  const parts: string[] = [];
  for (const part of joined.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return `${joined.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}

/** The folder of a file; the empty string for a file without one. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
