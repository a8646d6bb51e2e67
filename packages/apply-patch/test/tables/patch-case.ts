/** One row of a case table: a patch, the files before, and what the program says and leaves. */

/** Files by relative path. */
export type Files = Readonly<Record<string, string>>;

export interface PatchCase {
  readonly name: string;
  /** `<CWD>` stands for the folder of the test. */
  readonly patch: string;
  readonly before?: Files;
  readonly exit: 0 | 1;
  /** On success the lines after the first one of stdout; else stderr. */
  readonly text: string;
  readonly after: Files | "unchanged";
  /** What the original does, where we do something else. */
  readonly original?: string;
}

export const HEADERS =
  "Valid hunk headers: '*** Add File: {path}', '*** Delete File: {path}', '*** Update File: {path}'";

/** A patch of these sections. */
export function patchOf(sections: string): string {
  return `*** Begin Patch\n${sections}*** End Patch`;
}
