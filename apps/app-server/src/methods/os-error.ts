/** Words for errors of the operating system, in the form that clients of the original know. */

const KNOWN: Readonly<Record<string, string>> = {
  ENOENT: "No such file or directory (os error 2)",
  EACCES: "Permission denied (os error 13)",
  EPERM: "Operation not permitted (os error 1)",
  EEXIST: "File exists (os error 17)",
  ENOTDIR: "Not a directory (os error 20)",
  EISDIR: "Is a directory (os error 21)",
  ENOSPC: "No space left on device (os error 28)",
  EROFS: "Read-only file system (os error 30)",
};

/** The system's name of an error; what is no system error says itself. */
export function osErrorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return KNOWN["code" in error ? String(error.code) : ""] ?? error.message;
}
