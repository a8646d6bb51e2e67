/** How large an image may be when it is sent, and what size a larger one gets. */

/** Sides of an image that is sent, in pixels. */
const MAX_WIDTH = 2048;
const MAX_HEIGHT = 768;

/** Pixels that are decoded at most: 512 MiB as RGBA. A few bytes can claim any size. */
export const MAX_PIXELS = 0x800_0000;

/** Width and height in pixels. */
export interface Dimensions {
  width: number;
  height: number;
}

/** Whether an image can be sent as it is. */
export function fitsLimits({ width, height }: Dimensions): boolean {
  return width <= MAX_WIDTH && height <= MAX_HEIGHT;
}

/** The largest size within the limits that keeps the aspect ratio; never larger than the image, never without pixels. */
export function fitWithinLimits({ width, height }: Dimensions): Dimensions {
  const scale = Math.min(1, MAX_WIDTH / width, MAX_HEIGHT / height);
  return { width: scaled(width, scale), height: scaled(height, scale) };
}

function scaled(side: number, scale: number): number {
  return Math.max(1, Math.round(side * scale));
}
