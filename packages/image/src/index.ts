/** Image size from the header, upload limits, and resizing. */

export {};
