/** Certificates for tests of TLS, made by openssl: an authority, and what it signs. */
import { chownSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runOrThrow } from '../src/tools/command.ts';
import { postgresBinaries } from '../src/tools/postgres-binaries.ts';
import { temporaryFolder } from '../src/tools/temporary-folder.ts';

export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

export type Authority = AsyncDisposable & {
  /** Its own certificate. */
  readonly root: string;
  /** For another file that belongs to the certificates; readable by the server. */
  write(name: string, text: string): Promise<string>;
  /** `name` is the common name; `alternatives` such as `IP:127.0.0.1`. Files are readable by the server. */
  sign(name: string, alternatives?: string): Promise<Certificate>;
  /** A key file that only a password opens. */
  encryptKey(key: string, password: string): Promise<string>;
};

export async function startAuthority(): Promise<Authority> {
  const folder = await temporaryFolder('certificates');
  const { user } = await postgresBinaries();
  const path = (name: string) => join(folder.path, name);
  const openssl = (...parameters: readonly string[]) =>
    runOrThrow('openssl', parameters, { cwd: folder.path });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const own = (...files: readonly string[]) => {
    for (const file of user ? files : []) chownSync(file, user?.uid ?? 0, user?.gid ?? 0);
  };
  own(folder.path);
  const root = ['-x509', ...newKey, '-days', '1', '-subj', '/CN=Test Authority'];
  await openssl('req', ...root, '-keyout', 'ca.key', '-out', 'ca.crt');
  return {
    root: path('ca.crt'),
    async write(name, text) {
      await writeFile(path(name), text, { mode: 0o600 });
      own(path(name));
      return path(name);
    },
    async sign(name, alternatives) {
      const [certificate, key] = [path(`${name}.crt`), path(`${name}.key`)];
      const extension = alternatives === undefined ? [] : ['-addext', `subjectAltName=${alternatives}`];
      const issuer = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-days', '1'];
      const subject = ['-subj', `/CN=${name}`, ...extension];
      await openssl('req', '-x509', ...newKey, ...issuer, ...subject, '-keyout', key, '-out', certificate);
      own(certificate, key);
      return { certificate, key };
    },
    async encryptKey(key, password) {
      await openssl('pkey', '-in', key, '-aes256', '-passout', `pass:${password}`, '-out', `${key}.secret`);
      return `${key}.secret`;
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
