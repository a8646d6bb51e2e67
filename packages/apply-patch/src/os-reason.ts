/** Why the operating system refused, in the words that Rust programs print: `No such file or directory (os error 2)`. */

/** A refusal found while a patch is planned, without having asked the operating system. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  /** An errno name such as `EISDIR`, or null for a reason of our own, then in `message`. */
  readonly code: string | null;

  constructor(code: string | null, message = code ?? "") {
    super(message);
    this.code = code;
  }
}

/** The reason of a failed file operation as one line. */
export function osReason(error: unknown): string {
  const code = errorCode(error);
  const known = code === null ? undefined : REASONS[code];
  if (known !== undefined) return `${known[1]} (os error ${known[0]})`;
  if (code === "ERR_INVALID_ARG_VALUE") return "file name contained an unexpected NUL byte";
  return error instanceof Error ? error.message : String(error);
}

/** The errno name an error carries, if any. */
export function errorCode(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

/** Linux numbers: the texts are read by models and tests, not by programs of the same machine. */
const REASONS: Readonly<Record<string, readonly [number, string]>> = {
  EPERM: [1, "Operation not permitted"],
  ENOENT: [2, "No such file or directory"],
  EIO: [5, "Input/output error"],
  ENXIO: [6, "No such device or address"],
  EACCES: [13, "Permission denied"],
  EBUSY: [16, "Device or resource busy"],
  EEXIST: [17, "File exists"],
  EXDEV: [18, "Invalid cross-device link"],
  ENODEV: [19, "No such device"],
  ENOTDIR: [20, "Not a directory"],
  EISDIR: [21, "Is a directory"],
  EINVAL: [22, "Invalid argument"],
  EMFILE: [24, "Too many open files"],
  ETXTBSY: [26, "Text file busy"],
  EFBIG: [27, "File too large"],
  ENOSPC: [28, "No space left on device"],
  EROFS: [30, "Read-only file system"],
  EMLINK: [31, "Too many links"],
  ENAMETOOLONG: [36, "File name too long"],
  ENOTEMPTY: [39, "Directory not empty"],
  ELOOP: [40, "Too many levels of symbolic links"],
  EDQUOT: [122, "Disk quota exceeded"],
};
