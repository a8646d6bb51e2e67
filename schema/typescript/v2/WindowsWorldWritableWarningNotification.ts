// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Folders that everybody may write to weaken the Windows sandbox. */
export type WindowsWorldWritableWarningNotification = {
  samplePaths: Array<string>,
  extraCount: number,
  failedScan: boolean,
};
