/** File URIs to the paths of the file port and back. */
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Absolute, with forward slashes and a lower-case drive; null for what is no file, such as an untitled document. */
export function pathOfUri(uri: string): string | null {
  if (!uri.startsWith('file:')) return null;
  try {
    const path = fileURLToPath(uri).replaceAll('\\', '/');
    return /^[A-Z]:/.test(path) ? path.charAt(0).toLowerCase() + path.slice(1) : path;
  } catch {
    return null;
  }
}

export function uriOfPath(path: string): string {
  return pathToFileURL(path).href;
}
