/** Image size from the header, upload limits, and resizing. */

export { imageFormat, imageSize } from "./size.js";
export type { ImageFormat, ImageSize } from "./size.js";
export { prepareImageForUpload } from "./prepare.js";
export type { PreparedImage } from "./prepare.js";
export type { ImageSource } from "./source.js";
export { createImagePreparer } from "./preparer.js";
export { ImageError } from "./image-error.js";
export type { ImageErrorKind } from "./image-error.js";
