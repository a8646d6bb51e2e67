// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Folders that everybody may write to weaken the Windows sandbox. */
export type WindowsWorldWritableWarningNotification = {
  extraCount: number,
  failedScan: boolean,
  samplePaths: Array<string>,
};
