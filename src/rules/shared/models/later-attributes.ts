/** Attributes that a class gets after it was made, in whichever file: `User.posts = relationship(…)`, a hook of its base. */
import type { FileContext } from '../../rule.ts';

/**
 * Whether anything of that name is assigned, be it to an object or a class, or made by a backref: a relationship of a mixin
 * whose classes say what its backref is called.
 */
export function isAssignedLater(name: string, context: FileContext): boolean {
  return isWritten(`\\.${name}`, name, context);
}

/** Whether it is assigned to what is a class by its name; `user.score = 3` gives the class nothing. */
export function isGivenToClass(name: string, context: FileContext): boolean {
  return isWritten(`\\b(?:cls|klass|class_|\\w*model\\w*|[A-Z]\\w*)\\.${name}`, name, context);
}

/** `backref=backref(cls.version_of)`, where some class says `version_of = "attachment"`. */
export function mayBeBackref(name: string, { project }: FileContext): boolean {
  if (project.filesWith(/\bbackref\(\s*(?!["'\s)])/, 'backref').length === 0) return false;
  return project.filesWith(new RegExp(`^\\s+\\w+\\s*=\\s*["']${name}["']`, 'm'), name).length > 0;
}

function isWritten(target: string, name: string, { project }: FileContext): boolean {
  const written = new RegExp(
    `${target}\\s*(?::[^=\\n]*)?=(?!=)|(?:(?:setattr|add_property)\\([^\\n]*|backref\\w*\\s*=\\s*)["']${name}["']`,
  );
  return project.filesWith(written, name).length > 0;
}
