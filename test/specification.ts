/**
 * Reads a rule's literate specification: prose, and fences of Python in which findings are claimed by markers.
 *
 *     ```python
 *     select(User).where(User.name is None)
 *     #                  ^^^^^^^^^^^^^^^^^ gives False
 *     ```
 *
 * A marker line starts with `#` (or `--`), where there is room for it, and carets; it claims one finding of the rule on the nearest line of code
 * above it, whose message holds the words after the carets. A fence titled with a path (```python app/models.py)
 * adds a file for the fences of its section. A ```python fixed fence is the code of the fence before it after every
 * first fix has been applied. A fence without markers claims that no rule finds anything.
 *
 * Fences of migration rules are revisions, `alembic.ini` or env.py: see `placeExample`.
 */
export interface Specification {
  readonly rule: string;
  readonly cases: readonly SpecificationCase[];
}

export interface SpecificationCase {
  /** The heading it stands under, and its number there. */
  readonly title: string;
  readonly language: string;
  /** As it stands in the fence, marker lines removed. */
  readonly code: string;
  readonly claims: readonly Claim[];
  readonly files: ReadonlyMap<string, string>;
  readonly fixed: string | null;
}

export interface Claim {
  /** Zero-based line of `code`. */
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly words: string;
}

interface Fence {
  readonly heading: string;
  readonly info: readonly string[];
  readonly body: string;
}

export function readSpecification(rule: string, markdown: string): Specification {
  const cases: SpecificationCase[] = [];
  let files = new Map<string, string>();
  let heading = '';
  let number = 0;
  for (const fence of fencesOf(markdown)) {
    if (fence.heading !== heading) {
      heading = fence.heading;
      files = new Map();
      number = 0;
    }
    const [language = '', title] = fence.info;
    const last = cases.at(-1);
    if (title === 'fixed' && last) cases[cases.length - 1] = { ...last, fixed: fence.body };
    else if (title !== undefined) files.set(title, fence.body);
    else {
      number += 1;
      cases.push({
        title: `${heading} (${number})`,
        language,
        ...readClaims(fence.body),
        files: new Map(files),
        fixed: null,
      });
    }
  }
  return { rule, cases };
}

function fencesOf(markdown: string): readonly Fence[] {
  const fences: Fence[] = [];
  let heading = '';
  let open: { info: readonly string[]; lines: string[] } | null = null;
  for (const line of markdown.split('\n')) {
    if (open) {
      if (line.startsWith('```')) {
        fences.push({ heading, info: open.info, body: open.lines.join('\n') });
        open = null;
      } else open.lines.push(line);
    } else if (line.startsWith('```')) open = { info: line.slice(3).trim().split(/\s+/), lines: [] };
    else if (line.startsWith('#')) heading = line.replace(/^#+\s*/, '');
  }
  return fences;
}

const marker = /^(\s*(?:#|--)?\s*)(\^+)\s*(.*)$/;

function readClaims(body: string): { readonly code: string; readonly claims: readonly Claim[] } {
  const code: string[] = [];
  const claims: Claim[] = [];
  for (const line of body.split('\n')) {
    const match = marker.exec(line);
    if (!match) {
      code.push(line);
      continue;
    }
    const column = (match[1] ?? '').length;
    claims.push({
      line: code.length - 1,
      column,
      endColumn: column + (match[2] ?? '').length,
      words: (match[3] ?? '').trim(),
    });
  }
  return { code: code.join('\n'), claims };
}
