// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Writes to a command. */
export type CommandExecWriteParams = {
  processId: string,
  deltaBase64?: string | null,
  closeStdin?: boolean,
};
