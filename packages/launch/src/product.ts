/** The product's names and versions. */

/** Our own version: shown by `--version`, sent in the user agent. */
export const VERSION = "0.1.0";

/** Who we say we are to servers unless a client or the environment says otherwise. */
export const DEFAULT_ORIGINATOR = "codex_cli_rs";

/** Variable by which a wrapper says who it is. */
const ORIGINATOR_OVERRIDE = "CODEX_INTERNAL_ORIGINATOR_OVERRIDE";

/** Whether HTTP allows the text in a header: anything but control characters, among which the tab is allowed. */
export function isHeaderText(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return !/[\x00-\x08\x0a-\x1f\x7f]/.test(text);
}

/** The text as a header's value: `fetch` takes one character for each byte, and sends names of any script as UTF-8. */
export function headerText(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** The originator of this process; text that cannot stand in a header is replaced by the default. */
export function originatorFrom(env: Readonly<Record<string, string | undefined>>, own: string): string {
  const chosen = env[ORIGINATOR_OVERRIDE] ?? own;
  return isHeaderText(chosen) ? chosen : DEFAULT_ORIGINATOR;
}
