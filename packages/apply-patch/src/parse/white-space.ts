/** Trimming by Unicode's White_Space property, which differs from JavaScript's `trim` (U+0085 in, U+FEFF out). */

/** The text without white space at both ends. */
export function trim(text: string): string {
  return trimStart(trimEnd(text));
}

/** The text without white space at its end. Linear, unlike a regular expression. */
export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isWhiteSpace(text.charCodeAt(end - 1))) end--;
  return end === text.length ? text : text.slice(0, end);
}

/** Whether a text has nothing but white space. */
export function isBlank(text: string): boolean {
  return trimEnd(text) === "";
}

function trimStart(text: string): string {
  let start = 0;
  while (start < text.length && isWhiteSpace(text.charCodeAt(start))) start++;
  return start === 0 ? text : text.slice(start);
}

function isWhiteSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  if (code < 0x85) return false;
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}
