// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Ends a command. */
export type CommandExecTerminateParams = {
  processId: string,
};
