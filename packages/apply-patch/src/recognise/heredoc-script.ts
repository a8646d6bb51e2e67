/** Reads the one form of shell script that stands for a patch: `[cd DIR &&] apply_patch <<DELIMITER`, body, delimiter. */

/** The parts of such a script. */
export interface HeredocScript {
  /** As written in the `cd`, or null. */
  readonly directory: string | null;
  /** The heredoc's lines, without LFs at the end. Nothing in them is expanded. */
  readonly body: string;
}

const BARE_WORD = String.raw`[^\s'"\\$\`|&;()<>{}\[\]#-][^\s'"\\$\`|&;()<>{}\[\]]*`;
const DIRECTORY = String.raw`(?<bare>${BARE_WORD})|"(?<double>[^"\\$\`]+)"|'(?<single>[^']*)'`;
const DELIMITER = String.raw`'(?<quoted>[^'\n]+)'|"(?<doubleQuoted>[^"\\$\`\n]+)"|\\?(?<plain>[\w.,:@%+=/-]+)`;
const OPENING = new RegExp(
  String.raw`^\s*(?:cd[ \t]+(?:${DIRECTORY})[ \t]*&&\s*)?apply_?patch[ \t]*<<(?<dash>-?)[ \t]*(?:${DELIMITER})[ \t\r]*\n`,
);

/** Null when the script is anything else: more commands, arguments, redirections, expansions in the folder. */
export function parseHeredocScript(script: string): HeredocScript | null {
  const opening = OPENING.exec(script);
  if (opening?.groups === undefined) return null;
  const { bare, double, single, dash, quoted, doubleQuoted, plain } = opening.groups;
  const delimiter = quoted ?? doubleQuoted ?? plain;
  const lines = script.slice(opening[0].length).split("\n");
  const content = dash === "-" ? lines.map(withoutTabs) : lines;
  const end = content.findIndex((line) => line === delimiter || line === `${delimiter}\r`);
  if (end === -1 || content.slice(end + 1).some((line) => line.trim() !== "")) return null;
  const lastFull = content.slice(0, end).findLastIndex((line) => line !== "");
  return { directory: bare ?? double ?? single ?? null, body: content.slice(0, lastFull + 1).join("\n") };
}

/** What `<<-` does to each line. */
function withoutTabs(line: string): string {
  return line.replace(/^\t+/, "");
}
