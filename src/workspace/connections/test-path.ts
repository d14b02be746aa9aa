/** Files whose engines and URLs belong to tests and documentation, not to the application. */
export function isTestPath(path: string, roots: readonly string[]): boolean {
  const root = roots.find(each => path.startsWith(`${each}/`)) ?? '';
  const relative = path.slice(root.length);
  return (
    /(^|\/)(tests?|testing|docs?|docs_src|examples?|benchmarks?)\//.test(relative) ||
    /(^|\/)(conftest|test_[^/]*|[^/]*_test)\.py$/.test(relative)
  );
}
