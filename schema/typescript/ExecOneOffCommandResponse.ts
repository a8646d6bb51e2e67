// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How the command ended. */
export type ExecOneOffCommandResponse = {
  exitCode: number,
  stdout: string,
  stderr: string,
};
