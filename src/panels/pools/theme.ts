/** Tells when the editor's theme changes: VS Code then rewrites the attributes of the page's body. */
import { useEffect, useState } from 'preact/hooks';

/** A number that grows with each change. */
export function useThemeChanges(): number {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    const observer = new MutationObserver(() => setChanges(count => count + 1));
    observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
    return () => observer.disconnect();
  }, []);
  return changes;
}
