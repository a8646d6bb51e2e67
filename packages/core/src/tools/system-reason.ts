/** Words a failed system call as models know it. */

/** The system's reason for an error, as `No such file or directory (os error 2)`; other errors by their message. */
export function systemReason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS.get(code) ?? (error instanceof Error ? error.message : String(error));
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["EPERM", "Operation not permitted (os error 1)"],
  ["ENOENT", "No such file or directory (os error 2)"],
  ["EIO", "Input/output error (os error 5)"],
  ["EACCES", "Permission denied (os error 13)"],
  ["ENOTDIR", "Not a directory (os error 20)"],
  ["EISDIR", "Is a directory (os error 21)"],
  ["ENAMETOOLONG", "File name too long (os error 36)"],
  ["ELOOP", "Too many levels of symbolic links (os error 40)"],
]);
