/** Colours, when the output can show them. */

/** Wraps text in colours or leaves it as it is. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  cyan(text: string): string;
  yellow(text: string): string;
  /** Headings: who speaks, what is done. */
  agent(text: string): string;
  /** What a heading is about. */
  agentPlain(text: string): string;
}

/** @param colours false: plain text */
export function makeStyle(colours: boolean): Style {
  const code =
    (open: string) =>
    (text: string): string =>
      colours && text !== "" ? `\u001b[${open}m${text}\u001b[0m` : text;
  return {
    bold: code("1"),
    dim: code("2"),
    red: code("31"),
    green: code("32"),
    cyan: code("36"),
    yellow: code("33"),
    agent: code("3;35"),
    agentPlain: code("35"),
  };
}
