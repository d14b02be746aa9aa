/** A value of Python that is sent as a parameter, as far as it is known before the program runs. */
import type { SourceLocation } from './model.ts';

export interface GivenValue {
  readonly location: SourceLocation;
  /** Name of its class: `builtins.str`, `datetime.datetime`; `None`; null where it is not known. */
  readonly class: string | null;
  /** Of a list: the class of its elements; null where they are of several or not known. */
  readonly elements: string | null;
  /** Of a point in time: whether it has a zone; null where that is not known. */
  readonly aware: boolean | null;
  /** True where it is written out in the code, so that its class is certain. */
  readonly constant: boolean;
}
