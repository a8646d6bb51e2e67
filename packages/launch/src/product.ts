/** The product's names and versions. */

/** Our own version: shown by `--version`, sent in the user agent. */
export const VERSION = "0.1.0";

/** Who we say we are to servers unless a client or the environment says otherwise. */
export const DEFAULT_ORIGINATOR = "codex_cli_rs";

/** Variable by which a wrapper says who it is. */
const ORIGINATOR_OVERRIDE = "CODEX_INTERNAL_ORIGINATOR_OVERRIDE";

/** The originator of this process; text that cannot stand in a header is replaced by the default. */
export function originatorFrom(env: Readonly<Record<string, string | undefined>>, own: string): string {
  const chosen = env[ORIGINATOR_OVERRIDE] ?? own;
  return /^[\x20-\x7e]+$/.test(chosen) ? chosen : DEFAULT_ORIGINATOR;
}
