/** Why an image cannot be sent, for programs (`kind`), for logs (`message`) and for the model (`modelText`). */

import { mediaTypeOf } from "./media-type.js";

/** What went wrong. */
export type ImageErrorKind =
  /** The file cannot be read. */
  | "unreadable"
  /** Its content is an image of a known format, but broken. */
  | "invalid"
  /** It is called an image, but is of a format that cannot be sent. */
  | "unsupported"
  /** It is no image by content or by name. */
  | "not-an-image"
  /** It was decoded, but could not be encoded in a format that can be sent. */
  | "not-encodable";

/** An image that cannot be sent. */
export class ImageError extends Error {
  override readonly name = "ImageError";
  readonly kind: ImageErrorKind;
  /** The image's path, as it was given. */
  readonly path: string;
  /** What stands in the message to the model in the image's place. */
  readonly modelText: string;

  constructor(kind: ImageErrorKind, path: string, message: string, modelText: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.path = path;
    this.modelText = modelText;
  }
}

/** The system refused to read the file. */
export function unreadable(path: string, cause: unknown): ImageError {
  const message = `failed to read image at ${path}: ${systemReason(cause)}`;
  return new ImageError("unreadable", path, message, couldNotRead(path, message), { cause });
}

/** The content is recognised, but cannot be decoded. */
export function invalid(path: string, reason: string, cause?: unknown): ImageError {
  const message = `failed to decode image at ${path}: ${reason}`;
  return new ImageError("invalid", path, message, `Image located at \`${path}\` is invalid: ${message}`, { cause });
}

/** The content is not recognised, or of a format that is not decoded here; the name says what it was meant to be. */
export function notSupported(path: string, mediaType = mediaTypeOf(path)): ImageError {
  if (mediaType?.startsWith("image/") === true) {
    const text = `Codex cannot attach image at \`${path}\`: unsupported image format \`${mediaType}\`.`;
    return new ImageError("unsupported", path, `unsupported image format ${mediaType}: ${path}`, text);
  }
  const reason = mediaType === null ? "unsupported MIME type (unknown)" : `unsupported MIME type \`${mediaType}\``;
  return new ImageError("not-an-image", path, `${path}: ${reason}`, couldNotRead(path, reason));
}

/** The picture could not be written in the format in which it was to be sent. */
export function notEncodable(path: string, format: string, cause: unknown): ImageError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `failed to encode image as ${format}: ${reason}`;
  return new ImageError("not-encodable", path, message, `Image located at \`${path}\` is invalid: ${message}`, {
    cause,
  });
}

function couldNotRead(path: string, reason: string): string {
  return `Codex could not read the local image at \`${path}\`: ${reason}`;
}

/** The system's reason in the words that the texts have always used. */
function systemReason(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return SYSTEM_REASONS.get(code) ?? (cause instanceof Error ? cause.message : String(cause));
}

const SYSTEM_REASONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ENOENT: "No such file or directory (os error 2)",
    EIO: "Input/output error (os error 5)",
    EACCES: "Permission denied (os error 13)",
    ENOTDIR: "Not a directory (os error 20)",
    EISDIR: "Is a directory (os error 21)",
    ENAMETOOLONG: "File name too long (os error 36)",
    ELOOP: "Too many levels of symbolic links (os error 40)",
  }),
);
