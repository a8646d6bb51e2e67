/** A file's bytes as text and back, so that what is not changed comes back byte for byte. */

/** How a file's bytes stand for characters. Latin-1 is for files that are not UTF-8: every byte is one character. */
export type FileEncoding = "utf-8" | "latin-1";

/** The text of a file, without its byte order mark. */
export interface FileText {
  readonly text: string;
  readonly encoding: FileEncoding;
  readonly byteOrderMark: boolean;
}

const BYTE_ORDER_MARK = "\uFEFF";

/** Reads bytes as UTF-8, or else as Latin-1. */
export function decodeFile(bytes: Uint8Array): FileText {
  const utf8 = decodeUtf8(bytes);
  if (utf8 === null) {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return { text: view.toString("latin1"), encoding: "latin-1", byteOrderMark: false };
  }
  const byteOrderMark = utf8.startsWith(BYTE_ORDER_MARK);
  return { text: byteOrderMark ? utf8.slice(1) : utf8, encoding: "utf-8", byteOrderMark };
}

/**
 * The bytes of a changed text, in the encoding and with the byte order mark of `original`. A file that is emptied gets
 * no mark. Null when the text has characters that the encoding has not.
 */
export function encodeLike(original: FileText, text: string): Uint8Array | null {
  switch (original.encoding) {
    case "utf-8":
      return Buffer.from(original.byteOrderMark && text !== "" ? BYTE_ORDER_MARK + text : text, "utf8");
    case "latin-1":
      return isLatin1(text) ? Buffer.from(text, "latin1") : null;
  }
}

function isLatin1(text: string): boolean {
  return !/[^\0-\xff]/.test(text);
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null; // the decoder's only way to say "not UTF-8"
  }
}
