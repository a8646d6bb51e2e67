/** A short notation for what builtins take. */

import { anyOf, BUILTIN_TYPES, tupleOf } from "./type-checks.js";
import type { Signature, SignatureParameter, TypeCheck, Value } from "./values.js";

/**
 * Reads parameters such as `pattern: list, decision?: str, *rest, key~`: `?` may be left out, a type after `:`
 * (alternatives with `|`), `*x` and `**x` collect the rest, a trailing `~` makes a parameter named-only and optional,
 * and `/` before it all makes the plain ones positional-only.
 */
export function signature(name: string, notation: string): Signature {
  const positionalOnly = notation.startsWith("/");
  const parts = notation
    .replace("/", "")
    .split(",")
    .filter((part) => part.trim() !== "");
  return { name, parameters: parts.map((part) => parameter(part.trim(), positionalOnly)), fromSource: false };
}

const PARAMETER = /^(\*{0,2})([A-Za-z_]+)([?~]?)(?:: (.+))?$/;

function parameter(text: string, positionalOnly: boolean): SignatureParameter {
  const [, stars = "", name = text, mark = "", types] = PARAMETER.exec(text) ?? [];
  const plain = mark === "~" ? "named" : positionalOnly ? "positional" : "both";
  return {
    name,
    form: stars === "*" ? "rest" : stars === "**" ? "restNamed" : plain,
    default: undefined,
    required: stars === "" && mark === "",
    type: types === undefined ? null : typeByName(types),
  };
}

function typeByName(text: string): TypeCheck {
  const checks = text.split("|").map((name) => BUILTIN_TYPES.get(name.trim()) ?? NAMED.get(name.trim()));
  return { ...anyOf(checks.filter((check) => check !== undefined)), text: text.replaceAll("|", " | ") };
}

const accepts = (value: Value) => typeof value === "string";
const NAMED: ReadonlyMap<string, TypeCheck> = new Map([["str...", tupleOf([{ text: "str", accepts }], true)]]);
