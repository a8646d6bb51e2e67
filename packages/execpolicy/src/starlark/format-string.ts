/** Splits an f-string into text and `{name}` fields. */

import type { Cursor } from "./cursor.js";
import type { Span } from "./source.js";
import type { FormatField } from "./syntax.js";

const PIECE = /\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+/y;
const FIELD = /^([A-Za-z_][A-Za-z0-9_]*)(?:!([rs]))?$/;

/** Fields hold bare names only, with `!r` or `!s`; errors are placed at the whole literal. */
export function formatParts(cursor: Cursor, token: Span & { readonly value: string }): (string | FormatField)[] {
  const { value, start, end } = token;
  const parts: (string | FormatField)[] = [];
  PIECE.lastIndex = 0;
  for (let piece = PIECE.exec(value); piece !== null; piece = PIECE.exec(value)) {
    const [text, field] = piece;
    if (field !== undefined) parts.push(formatField(cursor, field, { start, end }));
    else if (text === "{{" || text === "}}") parts.push(text.charAt(0));
    else if (text === "{" || text === "}") {
      throw cursor.failure(`Unmatched '${text}' in format string \`${value}\``, token);
    } else parts.push(text);
  }
  return parts;
}

function formatField(cursor: Cursor, text: string, span: Span): FormatField {
  const match = FIELD.exec(text);
  const name = match?.[1];
  if (name === undefined) throw cursor.failure(`Not a valid identifier: \`${text}\``, span);
  return { name: { kind: "name", name, ...span }, conversion: match?.[2] === "r" ? "repr" : "str" };
}
