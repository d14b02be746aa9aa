/** Files that say which processes run, by their names. */

/** `Dockerfile`, `Dockerfile.prod`, `api.dockerfile`, `Containerfile`. */
export function isContainerFile(path: string): boolean {
  return /(?:^|\/)(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?$|\.dockerfile$/i.test(path);
}

export function isProcfile(path: string): boolean {
  return /(?:^|\/)Procfile(?:\.\w+)?$/.test(path);
}
