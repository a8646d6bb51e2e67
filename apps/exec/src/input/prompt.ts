/** Finds the prompt: the argument, or stdin; and makes text of its bytes. */

/** There is no usable prompt; the message says what to do. */
export class PromptError extends Error {
  override readonly name = "PromptError";
}

/** Where a prompt may come from. */
export interface PromptSource {
  /** The argument; `-` means stdin. */
  argument: string | undefined;
  stdinIsTerminal: boolean;
  readStdin: () => Promise<Uint8Array>;
  /** Tells the user that stdin is being read. */
  announce: (text: string) => void;
}

/** The prompt. @throws {PromptError} */
export async function resolvePrompt(source: PromptSource): Promise<string> {
  if (source.argument !== undefined && source.argument !== "-") return source.argument;
  if (source.argument === undefined) {
    if (source.stdinIsTerminal) {
      throw new PromptError("No prompt provided. Either specify one as an argument or pipe the prompt into stdin.");
    }
    source.announce("Reading prompt from stdin...");
  }
  const text = decodePrompt(await source.readStdin());
  if (text.trim() === "") throw new PromptError("No prompt provided via stdin.");
  return text;
}

/** Decodes UTF-8, or UTF-16 with a byte order mark. @throws {PromptError} */
export function decodePrompt(bytes: Uint8Array): string {
  const starts = (...mark: number[]): boolean => mark.every((byte, at) => bytes[at] === byte);
  if (starts(0xff, 0xfe, 0, 0)) throw refused("UTF-32LE");
  if (starts(0, 0, 0xfe, 0xff)) throw refused("UTF-32BE");
  if (starts(0xff, 0xfe)) return utf16(bytes.subarray(2), "UTF-16LE");
  if (starts(0xfe, 0xff)) return utf16(bytes.subarray(2), "UTF-16BE");
  const text = starts(0xef, 0xbb, 0xbf) ? bytes.subarray(3) : bytes;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text);
  } catch {
    throw unreadable(
      `input is not valid UTF-8 (invalid byte at offset ${invalidOffset(text)}). Convert it to UTF-8 and retry (e.g., \`iconv -f <ENC> -t UTF-8 prompt.txt\`).`,
    );
  }
}

function utf16(bytes: Uint8Array, name: "UTF-16LE" | "UTF-16BE"): string {
  try {
    return new TextDecoder(name.toLowerCase(), { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw unreadable(`input looked like ${name} but could not be decoded. Convert it to UTF-8 and retry.`);
  }
}

function refused(name: string): PromptError {
  return unreadable(`input appears to be ${name}. Convert it to UTF-8 and retry.`);
}

function unreadable(reason: string): PromptError {
  return new PromptError(`Failed to read prompt from stdin: ${reason}`);
}

/** The longest valid prefix ends where the first invalid byte is. */
function invalidOffset(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  const valid = (length: number): boolean => {
    try {
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false; // the invalid byte lies before
    }
  };
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (valid(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
