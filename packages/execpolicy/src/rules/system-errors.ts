/** File system errors in the words that the original shows. */

const TEXTS: Readonly<Record<string, string>> = {
  EACCES: "Permission denied (os error 13)",
  EISDIR: "Is a directory (os error 21)",
  ELOOP: "Too many levels of symbolic links (os error 40)",
  EMFILE: "Too many open files (os error 24)",
  ENAMETOOLONG: "File name too long (os error 36)",
  ENOENT: "No such file or directory (os error 2)",
  ENOSPC: "No space left on device (os error 28)",
  ENOTDIR: "Not a directory (os error 20)",
  EPERM: "Operation not permitted (os error 1)",
  EROFS: "Read-only file system (os error 30)",
};

/** Why a file operation failed. */
export interface SystemReason {
  /** The file or folder does not exist. */
  readonly missing: boolean;
  readonly text: string;
}

/** The reason in anything that was thrown. */
export function reasonOf(error: unknown): SystemReason {
  if (!(error instanceof Error)) return { missing: false, text: String(error) };
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return { missing: code === "ENOENT", text: TEXTS[code] ?? error.message };
}
