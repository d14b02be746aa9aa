/** Functions that give another value for each row, so that a new column with one as its default is written row by row. */
const volatile =
  /\b(?:random|random_normal|gen_random_uuid|uuid_generate_v1|uuid_generate_v1mc|uuid_generate_v4|uuidv4|uuidv7|clock_timestamp|timeofday|nextval|gen_random_bytes)\s*\(/i;

/** `gen_random_uuid()`, or null where a default has no such function. */
export function volatileFunction(expression: string | null): string | null {
  return volatile.exec(expression ?? '')?.[0].replace(/\s*\($/, '()') ?? null;
}
