/** Bytes of a Python file to text, as CPython decodes them: a byte order mark, else PEP 263's cookie, else UTF-8. */
const cookie = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/;

export interface DecodedSource {
  readonly text: string;
  /** Why some characters are replacements; null where all of it was read. */
  readonly problem: string | null;
}

export function decodeSource(bytes: Uint8Array): DecodedSource {
  const label = encodingOf(bytes);
  const decoder = decoderFor(label);
  if (!decoder)
    return { text: new TextDecoder().decode(bytes), problem: `the encoding ${label} is not known` };
  const text = decoder.decode(bytes);
  const damaged =
    text.includes('\uFFFD') && !new TextDecoder('latin1').decode(bytes).includes('\u00EF\u00BF\u00BD');
  return { text, problem: damaged ? `some bytes are not ${label}` : null };
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 400)).split(/\r\n|\r|\n/, 2);
  for (const line of head) {
    const match = cookie.exec(line);
    if (match?.[1]) return match[1].toLowerCase().replaceAll('_', '-');
    if (line.trim() !== '' && !line.trimStart().startsWith('#')) break;
  }
  return 'utf-8';
}

/** Names of CPython's `encodings.aliases` that the web's list of encodings lacks. */
const pythonAliases: Readonly<Record<string, string>> = {
  'latin-1': 'latin1',
  l1: 'latin1',
  latin: 'latin1',
  u8: 'utf-8',
  utf: 'utf-8',
  'utf8-ucs2': 'utf-8',
  'utf8-ucs4': 'utf-8',
  'utf-8-sig': 'utf-8',
  cp65001: 'utf-8',
  '646': 'ascii',
};

function decoderFor(label: string): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(pythonAliases[label] ?? label);
  } catch {
    return null;
  }
}
