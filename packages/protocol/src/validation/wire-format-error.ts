/** The one error of every parser in the protocol packages. */

/** Something from outside does not have the form it should have. */
export class WireFormatError extends Error {
  override readonly name: string = "WireFormatError";
  /** Where: member names and list positions, from the outside in. */
  readonly path: readonly (string | number)[];
  /** What is wrong, in the words that the original's clients know: "missing field `threadId`". */
  readonly detail: string;
  /** What should have stood there: "a string", "u32", "one of `a`, `b`". */
  readonly expected: string;

  constructor(detail: string, expected: string, path: readonly (string | number)[] = []) {
    super(path.length === 0 ? detail : `${detail} (at ${pathText(path)})`);
    this.detail = detail;
    this.expected = expected;
    this.path = path;
  }

  /** @returns the same error, seen from the value that holds `key` */
  within(key: string | number): WireFormatError {
    return new WireFormatError(this.detail, this.expected, [key, ...this.path]);
  }
}

/** @returns `params.input[0].text` */
function pathText(path: readonly (string | number)[]): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("")
    .replace(/^\./, "");
}

/** @returns an error for a value of the wrong type */
export function wrongType(value: unknown, expected: string): WireFormatError {
  return new WireFormatError(`invalid type: ${whatItIs(value)}, expected ${expected}`, expected);
}

/** @returns an error for a number outside of its range */
export function outOfRange(value: number, expected: string): WireFormatError {
  return new WireFormatError(`invalid value: ${whatItIs(value)}, expected ${expected}`, expected);
}

/** @returns an error for a text that is none of the known ones */
export function unknownVariant(value: string, known: readonly string[]): WireFormatError {
  const expected = listOf(known.map((text) => `\`${text}\``));
  return new WireFormatError(`unknown variant \`${value}\`, expected ${expected}`, expected);
}

/** @returns an error for a member that is not there */
export function missingField(name: string): WireFormatError {
  return new WireFormatError(`missing field \`${name}\``, `field \`${name}\``);
}

function listOf(texts: readonly string[]): string {
  if (texts.length === 2) return texts.join(" or ");
  return texts.length === 1 ? texts.join("") : `one of ${texts.join(", ")}`;
}

function whatItIs(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "sequence";
  switch (typeof value) {
    case "string":
      return `string ${JSON.stringify(value)}`;
    case "number":
      return Number.isInteger(value) ? `integer \`${value}\`` : `floating point \`${value}\``;
    case "boolean":
      return `boolean \`${value}\``;
    default:
      return "map";
  }
}
