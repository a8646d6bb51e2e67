/** Keeps control characters of models and programs away from the terminal: they could move the cursor or rename the window. */

/** The text with every control character but line break and tab shown as a visible mark. */
export function sanitise(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\u2421";
  });
}

/** The first line of a text, for where one line is wanted. */
export function firstLine(text: string): string {
  return sanitise(text).split("\n")[0] ?? "";
}
