/**
 * What a Python expression means to SQLAlchemy, as far as can be known without running it. The one answer that
 * rules, hover and completion build on, so that “is this a mapped column” is decided in one place.
 */
import type { TextRange } from '../base/range.ts';
import type { MappedAttribute, Model } from './model.ts';
import type { DriverLibrary } from './raw-sql.ts';
import type { StatementKind } from './statement.ts';

export type Meaning =
  /** A mapped class or `aliased(Model)`. */
  | { readonly kind: 'entity'; readonly model: Model; readonly alias: boolean }
  /** A mapped attribute on the class side, such as `User.email` or `aliased_user.email`. */
  | { readonly kind: 'attribute'; readonly model: Model; readonly attribute: MappedAttribute }
  /** An attribute that a completely known model does not have. `nameRange` covers just the name. */
  | {
      readonly kind: 'unknown-attribute';
      readonly model: Model;
      readonly name: string;
      readonly nameRange: TextRange;
    }
  /** A column of a subquery or CTE that has none of this name, but those of `columns`. */
  | { readonly kind: 'unknown-column'; readonly columns: readonly string[] }
  /** Any other SQL expression: `func.lower(…)`, `User.age > 3`, `User.a.label("x")`, a `Column` of a `Table`. */
  | { readonly kind: 'sql'; readonly type: string | null }
  /** A statement under construction, of any kind, as `select(User).where(…)`; also legacy `session.query(…)`. */
  | {
      readonly kind: 'statement';
      readonly statement: StatementKind;
      /** The model that `values()` refers to, and `filter_by()` before 2.1: the target of DML, else the last entity joined or the first selected. Null where unknown. */
      readonly target: Model | null;
      /** Every model in FROM, or null where not all of it is known. `filter_by()` of 2.1 looks through all. */
      readonly entities: readonly Model[] | null;
      /** One for each FROM element that `filter_by()` of 2.1 looks through; null for other statements and legacy queries. */
      readonly filtered: readonly Model[] | null;
      /** True for the INSERT of a dialect, which knows ON CONFLICT. */
      readonly upserts: boolean;
    }
  /** An object of a mapped class: `User(…)`, a parameter annotated `User`, the result of `session.get`. */
  | { readonly kind: 'instance'; readonly model: Model }
  | { readonly kind: 'session'; readonly async: boolean }
  | { readonly kind: 'session-factory'; readonly async: boolean }
  | { readonly kind: 'engine'; readonly async: boolean }
  | { readonly kind: 'connection'; readonly async: boolean }
  /** A connection, pool or cursor of a driver that is used without SQLAlchemy. */
  | { readonly kind: 'driver'; readonly library: DriverLibrary }
  /** What executing gave: `Result`, `ScalarResult`, `Row`. */
  | { readonly kind: 'result'; readonly result: 'result' | 'scalars' | 'row' }
  /** A name of a library by its canonical dotted name: `sqlalchemy.select`, `sqlalchemy.orm.selectinload`, `alembic.op`. */
  | { readonly kind: 'library'; readonly name: string }
  /** A Python value that is constant here. Strings are decoded. */
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  /** A Python value that is surely no SQL construct: a list, a dict, a plain str parameter. */
  | {
      readonly kind: 'python';
      /** Its class where that is known, as by an annotation: `builtins.str`, `uuid.UUID`. */
      readonly type: string | null;
      /** Of a point in time: whether it has a zone; null where that is not known. */
      readonly aware: boolean | null;
      /** The strings that it is one of, where they are known. */
      readonly among?: readonly string[];
    }
  /** A function of the workspace, by the file and the place of its definition. */
  | { readonly kind: 'function'; readonly path: string; readonly start: number }
  /** Nothing is known. Rules stay silent. */
  | { readonly kind: 'unknown' };

/** True where Python operators on it build SQL instead of a plain value. */
export function isSqlOperand(meaning: Meaning): boolean {
  return (
    meaning.kind === 'sql' ||
    (meaning.kind === 'attribute' &&
      meaning.attribute.kind !== 'plain' &&
      meaning.attribute.kind !== 'association-proxy')
  );
}
