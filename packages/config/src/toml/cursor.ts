/** A reading position in a TOML text, and what lies between values. By character code: this runs at every start. */

import type { TomlSource } from "./nodes.js";

/** A reading position in a text. */
export interface Cursor {
  readonly source: TomlSource;
  readonly text: string;
  at: number;
}

/** Skips spaces and tabs. */
export function skipBlanks(cursor: Cursor): void {
  const { text } = cursor;
  let { at } = cursor;
  for (let code = text.charCodeAt(at); code === 0x20 || code === 0x09; code = text.charCodeAt(at)) {
    at++;
  }
  cursor.at = at;
}

/** Length of the line end at an offset: 0, 1 or 2. */
export function newlineLength(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 0x0a) {
    return 1;
  }
  return code === 0x0d && text.charCodeAt(at + 1) === 0x0a ? 2 : 0;
}

/** Whether a character may not stand in a string or comment (a tab may). */
export function isControl(code: number): boolean {
  return (code < 0x20 && code !== 0x09) || code === 0x7f;
}
