/** Reads the part of PowerShell in which every word is a constant; anything else is refused, never guessed. */

/**
 * The commands of a script made only of constant words, pipelines, `;`, line breaks, `&&`, `||` and single
 * commands in parentheses; null for everything else: variables, sub-expressions, script blocks, redirections,
 * call operators, escapes, comments, arrays, splatting, here-strings, type literals, `--%`.
 * Whether the first word is a keyword is for the caller to see.
 */
export function constantPowerShellCommands(script: string): string[][] | null {
  const tokens = tokenize(script);
  if (tokens === null) return null;
  const commands: string[][] = [];
  let current: string[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === "word") {
      current.push(token.text);
    } else if (token.text === "(") {
      // Only around a whole command: `(Get-Content a) | Measure-Object`.
      if (current.length > 0 || depth > 0) return null;
      depth = 1;
    } else if (token.text === ")") {
      if (depth === 0 || current.length === 0) return null;
      depth = 2;
    } else {
      if (depth === 1 || (current.length === 0 && token.text !== ";" && token.text !== "\n")) return null;
      if (current.length > 0) commands.push(current);
      current = [];
      depth = 0;
      continue;
    }
    if (depth === 2 && token.text !== ")") return null;
  }
  if (depth === 1 || endsOpen(tokens)) return null;
  if (current.length > 0) commands.push(current);
  return commands.length > 0 ? commands : null;
}

type Token = { kind: "word"; text: string } | { kind: "operator"; text: ";" | "\n" | "|" | "&&" | "||" | "(" | ")" };

const OPERATOR = /^(?:\|\||&&|[;|()]|\r?\n)/;
const BARE_WORD = /^[A-Za-z0-9_./\\:*?=+~^%!-][A-Za-z0-9_./\\:*?=+~^%!-]*/;
/** Quotes that hold a constant; PowerShell also takes typographic quotes, which are refused with all other characters. */
const SINGLE_QUOTED = /^'(?:[^'\u2018-\u201B]|'')*'/;
const DOUBLE_QUOTED = /^"[^"`$\u201C-\u201E]*"/;

function tokenize(script: string): Token[] | null {
  const tokens: Token[] = [];
  let rest = script;
  while (rest !== "") {
    const blank = /^[ \t]+/.exec(rest)?.[0] ?? "";
    rest = rest.slice(blank.length);
    if (rest === "") break;
    const operator = OPERATOR.exec(rest)?.[0];
    if (operator !== undefined) {
      const text = operatorText(operator);
      if (text === null) return null;
      tokens.push({ kind: "operator", text });
      rest = rest.slice(operator.length);
      continue;
    }
    const previous = tokens.at(-1);
    // Quotes glued to other text follow rules of their own in PowerShell.
    if (blank === "" && previous?.kind === "word") return null;
    const single = SINGLE_QUOTED.exec(rest)?.[0];
    const double = DOUBLE_QUOTED.exec(rest)?.[0];
    const bare = BARE_WORD.exec(rest)?.[0];
    const raw = single ?? double ?? bare;
    if (raw === undefined || raw.startsWith("--%")) return null;
    tokens.push({
      kind: "word",
      text:
        single !== undefined ? raw.slice(1, -1).replaceAll("''", "'") : double !== undefined ? raw.slice(1, -1) : raw,
    });
    rest = rest.slice(raw.length);
  }
  return tokens;
}

function operatorText(operator: string): Extract<Token, { kind: "operator" }>["text"] | null {
  switch (operator) {
    case ";":
    case "|":
    case "&&":
    case "||":
    case "(":
    case ")":
      return operator;
    case "\n":
    case "\r\n":
      return "\n";
    default:
      return null;
  }
}

function endsOpen(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  return last?.kind === "operator" && ["|", "&&", "||"].includes(last.text);
}
