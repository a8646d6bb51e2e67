/** What passes from the checks to an adapter. */

/** What an adapter is given: every question already answered. */
export interface SpawnRequest {
  /** Absolute path of the program. */
  file: string;
  args: readonly string[];
  /** The child's `argv[0]`. */
  argv0: string;
  /** Whether `argv0` was asked for, not merely taken from the command line. */
  renamed: boolean;
  descriptors: readonly number[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  cols: number;
  rows: number;
}
