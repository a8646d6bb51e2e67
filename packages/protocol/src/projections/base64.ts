/** Bytes as base64, without any runtime's own tools, so that browsers can use the projections too. */

/** How many bytes are turned into characters at once; more would overflow the argument list. */
const atOnce = 0x2000;

/** @returns the bytes in base64 with padding */
export function base64Of(bytes: Uint8Array): string {
  let characters = "";
  for (let start = 0; start < bytes.length; start += atOnce) {
    characters += String.fromCharCode(...bytes.subarray(start, start + atOnce));
  }
  return btoa(characters);
}
