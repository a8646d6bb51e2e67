/** `"...".format(...)`. */

import { OperationError } from "./errors.js";
import type { Budget } from "./limits.js";
import { repr, str } from "./printing.js";
import type { Value } from "./values.js";

const PIECE = /\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+/y;

/** Fills the `{}`, `{0}` and `{name}` places of a text. */
export function formatBraces(
  template: string,
  args: readonly Value[],
  named: ReadonlyMap<string, Value>,
  budget: Budget,
): string {
  const fields = new Fields(args, named);
  let result = "";
  PIECE.lastIndex = 0;
  for (let piece = PIECE.exec(template); piece !== null; piece = PIECE.exec(template)) {
    const [text, field] = piece;
    budget.spend(1);
    if (field !== undefined) result += fill(field, fields, budget);
    else if (text === "{{" || text === "}}") result += text.charAt(0);
    else if (text === "{" || text === "}") {
      throw new OperationError(`Unmatched '${text}' in format string \`${template}\``);
    } else result += text;
    budget.spendSize(text.length);
  }
  return result;
}

function fill(field: string, fields: Fields, budget: Budget): string {
  const [name = "", conversion = "s", ...more] = field.split("!");
  if (more.length > 0 || (conversion !== "s" && conversion !== "r")) {
    throw new OperationError(
      `'${conversion}' is not a valid format string specifier, only 's' and 'r' are valid specifiers`,
    );
  }
  const value = fields.get(name, budget);
  const text = conversion === "r" ? repr(value, budget) : str(value, budget);
  budget.spendSize(text.length);
  return text;
}

/** The values to fill in; numbered and unnumbered places cannot be mixed. */
class Fields {
  readonly #args: readonly Value[];
  readonly #named: ReadonlyMap<string, Value>;
  #next = 0;
  #numbered: boolean | null = null;

  constructor(args: readonly Value[], named: ReadonlyMap<string, Value>) {
    this.#args = args;
    this.#named = named;
  }

  get(name: string, budget: Budget): Value {
    if (name === "" || /^[0-9]+$/.test(name)) return this.#positional(name);
    const invalid = /[.,[\]]/.exec(name)?.[0];
    if (invalid !== undefined) throw new OperationError(`Invalid character '${invalid}' inside replacement field`);
    const value = this.#named.get(name);
    budget.spend(1);
    if (value === undefined) throw new OperationError(`Key \`${name}\` was not found`);
    return value;
  }

  #positional(name: string): Value {
    const numbered = name !== "";
    if (this.#numbered !== null && this.#numbered !== numbered) {
      throw new OperationError("Cannot mix manual field specification and automatic field numbering in format string");
    }
    this.#numbered = numbered;
    const value = this.#args[numbered ? Number(name) : this.#next];
    if (value === undefined) throw new OperationError("Not enough parameters in format string");
    if (!numbered) this.#next += 1;
    return value;
  }
}
