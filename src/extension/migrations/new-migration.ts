/** What Alembic is called with for the answers of New Migration…, where it is the one who writes. */
import type { Answers } from '../../protocol/scaffold.ts';

/** Contents that the project's own Alembic writes; all others are drafted by the server. */
export function isWrittenByAlembic({ content }: Answers): boolean {
  return content === 'autogenerate' || content === 'empty';
}

export function revisionArguments(answers: Answers): readonly string[] {
  return [
    'revision',
    ...(answers.content === 'autogenerate' ? ['--autogenerate'] : []),
    ...(typeof answers.head === 'string' ? ['--head', answers.head] : []),
    '-m',
    String(answers.message ?? ''),
  ];
}
