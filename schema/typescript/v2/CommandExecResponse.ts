// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How the command ended. */
export type CommandExecResponse = {
  exitCode: number,
  stdout: string,
  stderr: string,
  /** The time limit ended the command; the output is what there was. (since 0.1.0) */
  timedOut?: boolean,
};
