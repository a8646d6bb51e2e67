// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How the command ended. */
export type ExecOneOffCommandResponse = {
  exitCode: number,
  stderr: string,
  stdout: string,
};
