/** The system's code of an error. */

/** Such as `ENOENT`; null for errors that are none of the system's. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
