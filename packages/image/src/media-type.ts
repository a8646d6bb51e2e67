/** Media types by file name, for error texts: the content has already said that it is no image we know. */

import { extname } from "node:path";

/** The media type that a file's name suggests; null when it suggests none. */
export function mediaTypeOf(path: string): string | null {
  return BY_EXTENSION.get(extname(path).slice(1).toLowerCase()) ?? null;
}

const BY_EXTENSION: ReadonlyMap<string, string> = new Map(
  Object.entries({
    png: "image/png",
    jpg: "image/jpeg",
    jpeg: "image/jpeg",
    jpe: "image/jpeg",
    gif: "image/gif",
    bmp: "image/bmp",
    webp: "image/webp",
    tif: "image/tiff",
    tiff: "image/tiff",
    ico: "image/x-icon",
    svg: "image/svg+xml",
    heic: "image/heic",
    heif: "image/heif",
    avif: "image/avif",
    apng: "image/apng",
    jxl: "image/jxl",
    psd: "image/vnd.adobe.photoshop",
    txt: "text/plain",
    log: "text/plain",
    md: "text/markdown",
    html: "text/html",
    htm: "text/html",
    css: "text/css",
    csv: "text/csv",
    xml: "text/xml",
    js: "text/javascript",
    mjs: "text/javascript",
    json: "application/json",
    pdf: "application/pdf",
    zip: "application/zip",
    gz: "application/gzip",
    tar: "application/x-tar",
    rs: "text/x-rust",
    py: "text/plain",
    toml: "text/x-toml",
    yaml: "text/x-yaml",
    yml: "text/x-yaml",
    mp3: "audio/mpeg",
    wav: "audio/wav",
    mp4: "video/mp4",
    mov: "video/quicktime",
    webm: "video/webm",
  }),
);
