/** Where something stands in a file, as both sides of the protocol name it. */

/** Lines and characters are zero-based, characters in UTF-16 units, as in LSP. */
export interface Place {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

export interface PlacePosition {
  readonly line: number;
  readonly character: number;
}

export interface PlaceRange {
  readonly start: PlacePosition;
  readonly end: PlacePosition;
}
