/** Reads JSON with the place of every value, and words errors as models of this agent know them. */

/** A value with the place it ends at; columns count from 1 and are what error texts name. */
export type Located =
  /** `keyEnds`: where the name of each member ends. */
  | { kind: "object"; members: Map<string, Located>; keyEnds: Map<string, Place>; end: Place }
  | { kind: "array"; elements: Located[]; start: Place; end: Place }
  | { kind: "string"; value: string; end: Place }
  | { kind: "number"; value: number; text: string; end: Place }
  | { kind: "boolean"; value: boolean; end: Place }
  | { kind: "null"; end: Place };

/** A place in the text. */
export interface Place {
  line: number;
  column: number;
}

/** The text is no JSON; the message names the place. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";
}

const MAX_DEPTH = 128;

/** Reads a whole JSON text. @throws {JsonSyntaxError} */
export function readJson(text: string): Located {
  return new Reader(text).whole();
}

/** ` at line L column C`, as every message ends. */
export function at(place: Place): string {
  return ` at line ${place.line} column ${place.column}`;
}

class Reader {
  readonly #text: string;
  #at = 0;
  #line = 1;
  #lineStart = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Located {
    this.#skipBlanks();
    if (this.#at >= this.#text.length) throw this.#error("EOF while parsing a value", this.#place());
    const value = this.#value();
    this.#skipBlanks();
    if (this.#at < this.#text.length) throw this.#error("trailing characters", this.#next());
    return value;
  }

  #value(): Located {
    this.#skipBlanks();
    const character = this.#text[this.#at];
    if (character === undefined) throw this.#error("EOF while parsing a value", this.#place());
    if (character === "{") return this.#object();
    if (character === "[") return this.#array();
    if (character === '"') return { kind: "string", value: this.#string(), end: this.#place() };
    if (character === "-" || (character >= "0" && character <= "9")) return this.#number();
    for (const [word, value] of [
      ["true", true],
      ["false", false],
      ["null", null],
    ] as const) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        const end = this.#place();
        return value === null ? { kind: "null", end } : { kind: "boolean", value, end };
      }
    }
    throw this.#error("expected value", this.#next());
  }

  #object(): Located {
    this.#enter();
    const members = new Map<string, Located>();
    const keyEnds = new Map<string, Place>();
    this.#at += 1;
    this.#skipBlanks();
    if (this.#text[this.#at] !== "}") {
      for (;;) {
        this.#skipBlanks();
        if (this.#text[this.#at] === undefined) throw this.#error("EOF while parsing an object", this.#place());
        if (this.#text[this.#at] !== '"') throw this.#error("key must be a string", this.#next());
        const key = this.#string();
        keyEnds.set(key, this.#place());
        this.#skipBlanks();
        if (this.#text[this.#at] !== ":") throw this.#expected("`:`", "an object");
        this.#at += 1;
        members.set(key, this.#value());
        this.#skipBlanks();
        if (this.#text[this.#at] === "}") break;
        if (this.#text[this.#at] !== ",") throw this.#expected("`,` or `}`", "an object");
        this.#at += 1;
        this.#skipBlanks();
        if (this.#text[this.#at] === "}") throw this.#error("trailing comma", this.#next());
      }
    }
    this.#at += 1;
    this.#depth -= 1;
    return { kind: "object", members, keyEnds, end: this.#place() };
  }

  #array(): Located {
    this.#enter();
    const start = this.#place();
    const elements: Located[] = [];
    this.#at += 1;
    this.#skipBlanks();
    if (this.#text[this.#at] !== "]") {
      for (;;) {
        elements.push(this.#value());
        this.#skipBlanks();
        if (this.#text[this.#at] === "]") break;
        if (this.#text[this.#at] !== ",") throw this.#expected("`,` or `]`", "a list");
        this.#at += 1;
        this.#skipBlanks();
        if (this.#text[this.#at] === "]") throw this.#error("trailing comma", this.#next());
      }
    }
    this.#at += 1;
    this.#depth -= 1;
    return { kind: "array", elements, start, end: this.#place() };
  }

  #string(): string {
    const start = this.#at;
    for (let at = start + 1; ; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (Number.isNaN(code)) {
        this.#at = this.#text.length;
        throw this.#error("EOF while parsing a string", this.#place());
      }
      if (code === 0x5c) {
        at += 1;
      } else if (code === 0x22) {
        this.#at = at + 1;
        return this.#unescape(this.#text.slice(start, this.#at));
      } else if (code < 0x20) {
        this.#at = at;
        throw this.#error("control character (\\u0000-\\u001F) found while parsing a string", this.#next());
      }
    }
  }

  #unescape(quoted: string): string {
    try {
      const value: unknown = JSON.parse(quoted);
      return String(value);
    } catch {
      throw this.#error("invalid escape", this.#place());
    }
  }

  #number(): Located {
    const match = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    match.lastIndex = this.#at;
    const found = match.exec(this.#text);
    if (found === null) throw this.#error("invalid number", this.#next());
    this.#at = match.lastIndex;
    return { kind: "number", value: Number(found[0]), text: found[0], end: this.#place() };
  }

  #enter(): void {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw this.#error("recursion limit exceeded", this.#next());
  }

  #skipBlanks(): void {
    for (;;) {
      const character = this.#text[this.#at];
      if (character === "\n") {
        this.#line += 1;
        this.#lineStart = this.#at + 1;
      } else if (character !== " " && character !== "\t" && character !== "\r") {
        return;
      }
      this.#at += 1;
    }
  }

  /** The place of what was read last. */
  #place(): Place {
    return { line: this.#line, column: this.#at - this.#lineStart };
  }

  /** The place of what comes next. */
  #next(): Place {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }

  #expected(what: string, inside: string): JsonSyntaxError {
    const atEnd = this.#text[this.#at] === undefined;
    return atEnd
      ? this.#error(`EOF while parsing ${inside}`, this.#place())
      : this.#error(`expected ${what}`, this.#next());
  }

  #error(message: string, place: Place): JsonSyntaxError {
    return new JsonSyntaxError(message + at(place));
  }
}

/** @returns what a value is, as models have always seen it in errors about arguments */
export function kindText(value: Located): string {
  switch (value.kind) {
    case "object":
      return "map";
    case "array":
      return "sequence";
    case "string":
      return `string ${JSON.stringify(value.value)}`;
    case "number":
      return /[.eE]/.test(value.text) ? `floating point \`${value.text}\`` : `integer \`${value.text}\``;
    case "boolean":
      return `boolean \`${value.value}\``;
    case "null":
      return "null";
  }
}
