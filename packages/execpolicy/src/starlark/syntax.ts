/** The syntax tree. Every node knows its place; chains of operators are flat, so that long ones do not nest. */

import type { Span } from "./source.js";

/** A piece of source that has a value. */
export type Expression = Span &
  (
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "literal"; readonly value: string | bigint | number }
    | { readonly kind: "ellipsis" }
    | { readonly kind: "format"; readonly parts: readonly (string | FormatField)[] }
    | { readonly kind: "tuple" | "list"; readonly items: readonly Expression[] }
    | { readonly kind: "dict"; readonly entries: readonly DictEntry[] }
    | Comprehension
    | { readonly kind: "unary"; readonly operator: "+" | "-" | "~" | "not"; readonly operand: Expression }
    | { readonly kind: "chain"; readonly first: Expression; readonly rest: readonly ChainLink[] }
    | {
        readonly kind: "compare";
        readonly operator: CompareOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    | { readonly kind: "logical"; readonly operator: "and" | "or"; readonly operands: readonly Expression[] }
    | {
        readonly kind: "conditional";
        readonly condition: Expression;
        readonly yes: Expression;
        readonly no: Expression;
      }
    | Call
    | Dot
    | Index
    | {
        readonly kind: "slice";
        readonly object: Expression;
        readonly from: Expression | null;
        readonly to: Expression | null;
        readonly step: Expression | null;
      }
    | { readonly kind: "lambda"; readonly definition: Definition }
  );

/** `{name}` in an f-string. */
export interface FormatField {
  readonly name: Name;
  readonly conversion: "str" | "repr";
}

/** A name where a value is read or stored. */
export type Name = Span & { readonly kind: "name"; readonly name: string };

/** `key: value` in a dict. */
export interface DictEntry {
  readonly key: Expression;
  readonly value: Expression;
}

/** A list or dict built by loops; `key` is null for a list. */
export interface Comprehension extends Span {
  readonly kind: "comprehension";
  readonly key: Expression | null;
  readonly value: Expression;
  /** The first is always a loop; its iterable is evaluated outside. */
  readonly clauses: readonly Clause[];
}

/** `for x in y` or `if x` in a comprehension. */
export type Clause =
  | { readonly kind: "for"; readonly target: Target; readonly iterable: Expression }
  | { readonly kind: "if"; readonly condition: Expression };

/** Operators that stand between two operands and associate to the left. */
export type BinaryOperator = "|" | "^" | "&" | "<<" | ">>" | "+" | "-" | "*" | "/" | "//" | "%";

/** An operator with its right operand. */
export interface ChainLink {
  readonly operator: BinaryOperator;
  readonly operand: Expression;
}

/** Operators whose results are True or False; they do not chain. */
export type CompareOperator = "==" | "!=" | "<" | ">" | "<=" | ">=" | "in" | "not in";

/** `f(...)`. */
export interface Call extends Span {
  readonly kind: "call";
  readonly callee: Expression;
  readonly args: readonly Argument[];
}

/** One argument of a call: positional, named, `*list` or `**dict`. */
export interface Argument extends Span {
  readonly form: "positional" | "named" | "list" | "dict";
  /** Empty unless `form` is `named`. */
  readonly name: string;
  readonly value: Expression;
}

/** `object.name`. */
export interface Dot extends Span {
  readonly kind: "dot";
  readonly object: Expression;
  readonly name: string;
}

/** `object[index]`. */
export interface Index extends Span {
  readonly kind: "index";
  readonly object: Expression;
  readonly index: Expression;
}

/** What can stand left of `=` or after `for`. */
export type Target = Name | Dot | Index | (Span & { readonly kind: "unpack"; readonly targets: readonly Target[] });

/** One parameter of a function. `separator` is the bare `*`. */
export interface Parameter extends Span {
  readonly form: "plain" | "list" | "dict" | "separator";
  readonly name: string;
  readonly type: Expression | null;
  readonly default: Expression | null;
}

/** A `def` or a `lambda`. */
export interface Definition extends Span {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly returns: Expression | null;
  /** A lambda's body is one return statement. */
  readonly body: readonly Statement[];
}

/** A piece of source that does something. */
export type Statement = Span &
  (
    | { readonly kind: "expression"; readonly value: Expression }
    | {
        readonly kind: "assign";
        readonly target: Target;
        readonly type: Expression | null;
        readonly value: Expression;
      }
    | {
        readonly kind: "augment";
        readonly target: Target;
        readonly operator: BinaryOperator;
        readonly value: Expression;
      }
    | { readonly kind: "if"; readonly branches: readonly Branch[]; readonly otherwise: readonly Statement[] }
    | {
        readonly kind: "for";
        readonly target: Target;
        readonly iterable: Expression;
        readonly body: readonly Statement[];
      }
    | { readonly kind: "def"; readonly definition: Definition }
    | { readonly kind: "return"; readonly value: Expression | null }
    | { readonly kind: "break" | "continue" | "pass" }
    | { readonly kind: "load"; readonly module: string; readonly names: readonly string[] }
  );

/** A condition and what happens when it holds. */
export interface Branch {
  readonly condition: Expression;
  readonly body: readonly Statement[];
}
