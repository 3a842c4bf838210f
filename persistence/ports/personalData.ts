/**
 * What one part of the product keeps about a person (A4). Each part adds one of these to `persistence/personalData/parts.ts`;
 * the export asks all of them, and so does the deletion of an account.
 */
export interface PersonalPart {
  /** The folder in the export: lower case letters, digits and `-`. Unique among the parts. */
  readonly name: string
  /**
   * Everything that is there of this user, as files below the part's folder. Nothing that is another person's secret: of
   * others at most what this user sees anyway. Lists are read in pages, never all at once.
   */
  export(user: string): AsyncIterable<PersonalFile>
  /**
   * Makes it go: removed, or kept without anything that tells who it was. Safe to repeat and to break off: it is called again
   * until it succeeds, and after a crash from the start. The user's sessions have ended before; his row goes last of all.
   */
  erase(user: string): Promise<void>
}

/** `name` has an extension and no folder: `intervals.json`. */
export type PersonalFile =
  | { readonly name: string; readonly json: unknown }
  /** Written as a JSON array, row by row. */
  | { readonly name: string; readonly rows: AsyncIterable<unknown> }
  /** An object of the blob store; left out if it is not there any more. */
  | { readonly name: string; readonly blob: string }
