/** Kills what a command that was told to end has left behind. */

/** @param leader the ended process that led the group; undefined: it never ran */
export function killLeftBehind(leader: number | undefined): void {
  if (leader === undefined || process.platform === "win32") return;
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // Nothing is left: the group went with its leader.
  }
}
