/** The first hundred bytes of an SQLite file, as its format document describes them. Pure. */

export interface SqliteHeader {
  readonly pageSize: number;
  readonly pages: number;
  /** Pages that hold nothing: VACUUM gives them back. */
  readonly freePages: number;
  /** Of the kinds of rollback journal the file does not tell which one it is. */
  readonly journal: 'wal' | 'rollback';
}

export const headerBytes = 100;

/** Null for what is no SQLite file; one that is encrypted looks the same. */
export function readSqliteHeader(bytes: Uint8Array): SqliteHeader | null {
  if (bytes.length < headerBytes) return null;
  if (new TextDecoder('latin1').decode(bytes.subarray(0, 16)) !== 'SQLite format 3\0') return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  // 64 KiB does not fit into two bytes.
  const pageSize = view.getUint16(16) === 1 ? 65_536 : view.getUint16(16);
  return {
    pageSize,
    pages: view.getUint32(28),
    freePages: view.getUint32(36),
    journal: view.getUint8(18) === 2 ? 'wal' : 'rollback',
  };
}
