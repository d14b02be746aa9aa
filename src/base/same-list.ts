/** Whether two lists have the same items in the same order. */
export function isSameList<Item>(one: readonly Item[], two: readonly Item[]): boolean {
  return one.length === two.length && one.every((item, index) => item === two[index]);
}
