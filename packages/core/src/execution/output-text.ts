/** Makes text of a program's bytes. */

/**
 * UTF-8 where it is; otherwise the Western encoding that legacy programs write. Every byte shows as something.
 */
export function decodeOutput(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Not UTF-8. Mostly-UTF-8 output (a cut character, one bad byte) is better shown with a replacement mark.
    const lossy = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    const marks = lossy.split("\uFFFD").length - 1;
    const wideCharacters = /[\u0080-\uFFFC]/.test(lossy);
    return wideCharacters || marks === 0 ? lossy : new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Cuts chunks at character borders; what is left of a character waits for its rest. */
export class CharacterBorders {
  #rest: Uint8Array = new Uint8Array(0);

  /** @returns whole characters; empty when the chunk holds only a part of one */
  cut(chunk: Uint8Array): Uint8Array {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const border = bytes.length - incompleteTail(bytes);
    this.#rest = bytes.subarray(border);
    return bytes.subarray(0, border);
  }

  /** What was left of a last, incomplete character. */
  end(): Uint8Array {
    const rest = this.#rest;
    this.#rest = new Uint8Array(0);
    return rest;
  }
}

/** Bytes at the end that begin a character which is not complete; 0 to 3. */
export function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}
