/** Paths with forward slashes, taken apart and put together without a file system. */

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The last part, without `.py`. */
export function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.pyi?$/, '');
}

/** A module in a package, which may be nameless. */
export function inPackage(packageName: string, name: string): string {
  return packageName === '' ? name : `${packageName}.${name}`;
}
