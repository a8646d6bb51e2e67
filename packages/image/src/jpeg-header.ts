/** Walks a JPEG's segments up to the picture data. */

/** What stands before the picture data. */
export interface JpegHeader {
  width: number;
  height: number;
  /** Whether Exif says that the picture lies on its side. */
  sideways: boolean;
}

const START_OF_SCAN = 0xda;
const EXIF_SEGMENT = 0xe1;
/** Markers without a length: fill bytes, restarts, start and end of image. */
const BARE = new Set([0x01, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9]);
/** Start-of-frame markers are 0xc0 to 0xcf but for these three, which define tables. */
const NOT_FRAMES = new Set([0xc4, 0xc8, 0xcc]);

/** Size and orientation; null when the file ends, or stops making sense, before the picture data begins. */
export function jpegHeader(bytes: Uint8Array): JpegHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let size: { width: number; height: number } | null = null;
  let sideways = false;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (BARE.has(marker)) {
      at += 2;
      continue;
    }
    const length = view.getUint16(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return null;
    if (marker === START_OF_SCAN) return size === null ? null : { ...size, sideways };
    if (marker >= 0xc0 && marker <= 0xcf && !NOT_FRAMES.has(marker) && length >= 8) {
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    if (marker === EXIF_SEGMENT)
      sideways ||= liesOnItsSide(new DataView(view.buffer, view.byteOffset + at + 4, length - 2));
    at = end;
  }
  return null;
}

const ORIENTATION_TAG = 0x0112;

/** Exif is a TIFF file behind `Exif\0\0`; its first folder may hold the orientation, of which 5 to 8 are turned. */
function liesOnItsSide(segment: DataView): boolean {
  if (segment.byteLength < 14 || segment.getUint32(0) !== 0x45786966) return false;
  const tiff = new DataView(segment.buffer, segment.byteOffset + 6, segment.byteLength - 6);
  const little = tiff.getUint16(0) === 0x4949;
  const folder = tiff.getUint32(4, little);
  if (folder + 2 > tiff.byteLength) return false;
  const entries = tiff.getUint16(folder, little);
  for (let index = 0; index < entries; index++) {
    const entry = folder + 2 + index * 12;
    if (entry + 12 > tiff.byteLength) return false;
    if (tiff.getUint16(entry, little) === ORIENTATION_TAG) {
      const orientation = tiff.getUint16(entry + 8, little);
      return orientation >= 5 && orientation <= 8;
    }
  }
  return false;
}
