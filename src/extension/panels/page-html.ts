/** The document that a panel's page begins as: one script, one style sheet, and a policy that lets in nothing else. */

export interface PageParts {
  readonly title: string;
  /** Addresses that the webview can load. */
  readonly script: string;
  readonly style: string;
  /** The webview's source of files, as a content security policy names it. */
  readonly source: string;
  /** Random, and new for each document. */
  readonly nonce: string;
}

/** No inline script or style, no network, no frames; the title is text, whatever it holds. */
export function pageHtml({ title, script, style, source, nonce }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `font-src ${source}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${escaped(style)}">
</head>
<body>
<main id="page"></main>
<script nonce="${escaped(nonce)}" src="${escaped(script)}"></script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
