/** The questions of “Add Connection…”: a pasted URL, or its parts one by one; and the URL that the answers make. */
import { urlProblem } from '../../protocol/connection-text.ts';
import type { Answers, Question } from '../../protocol/scaffold.ts';

const inForm = { question: 'way', is: ['form'] } as const;

export const connectionQuestions: readonly Question[] = [
  {
    id: 'way',
    kind: 'pick',
    title: 'Add Connection',
    prompt: 'How do you want to give it?',
    options: [
      { value: 'url', label: 'Paste a URL', detail: 'As SQLAlchemy or libpq takes it, SQLite too.' },
      {
        value: 'form',
        label: 'Fill in a form',
        detail: 'Host, port, database and user of a PostgreSQL server.',
      },
    ],
  },
  {
    id: 'url',
    kind: 'text',
    title: 'URL',
    prompt:
      'The database’s URL. A password in it goes to the secret storage; the rest goes to the workspace’s settings.',
    placeholder: 'postgresql://user@localhost:5432/shop',
    when: { question: 'way', is: ['url'] },
  },
  {
    id: 'host',
    kind: 'text',
    title: 'Host',
    prompt: 'A name, an address, or the folder of a Unix socket.',
    initial: 'localhost',
    when: inForm,
  },
  { id: 'port', kind: 'text', title: 'Port', prompt: 'The server’s port.', initial: '5432', when: inForm },
  { id: 'database', kind: 'text', title: 'Database', prompt: 'Its name.', placeholder: 'shop', when: inForm },
  { id: 'user', kind: 'text', title: 'User', prompt: 'The role to log in as.', when: inForm },
  {
    id: 'ssl',
    kind: 'pick',
    title: 'Encryption',
    prompt: 'libpq’s sslmode.',
    options: [
      { value: 'prefer', label: 'prefer', description: 'encrypted where the server can' },
      { value: 'require', label: 'require', description: 'always encrypted' },
      { value: 'verify-full', label: 'verify-full', description: 'and its certificate checked' },
      { value: 'disable', label: 'disable', description: 'never' },
    ],
    when: inForm,
  },
  {
    id: 'name',
    kind: 'text',
    title: 'Name',
    prompt: 'What the view calls it. Leave it empty for the database and its host.',
    optional: true,
    when: inForm,
  },
  {
    id: 'group',
    kind: 'text',
    title: 'Group',
    prompt: 'Connections of one group stand together. Leave it empty for none.',
    optional: true,
    when: inForm,
  },
];

/** Why an answer cannot be taken, or null. */
export function connectionProblem(question: string, value: string): string | null {
  if (question === 'url') return urlProblem(value);
  if (question === 'port')
    return /^\d{1,5}$/.test(value) && Number(value) > 0 && Number(value) < 65536
      ? null
      : 'A port is a number from 1 to 65535.';
  return null;
}

/** The URL that the answers make: pasted as it is, or put together with what needs it escaped. */
export function answeredUrl(answers: Answers): string {
  const text = (id: string) => (typeof answers[id] === 'string' ? answers[id].trim() : '');
  if (text('way') === 'url') return text('url');
  const escaped = (id: string) => encodeURIComponent(text(id));
  const isSocket = text('host').startsWith('/');
  const address = text('host').includes(':') && !isSocket ? `[${text('host')}]` : escaped('host');
  const query = new URLSearchParams();
  if (isSocket) {
    query.set('host', text('host'));
    query.set('port', text('port'));
  }
  if (text('ssl') !== 'prefer') query.set('sslmode', text('ssl'));
  const place = isSocket ? '' : `${address}:${text('port')}`;
  const rest = query.toString();
  return `postgresql://${escaped('user')}@${place}/${text('database')}${rest === '' ? '' : `?${rest}`}`;
}
