/** Says whether a program's name leads to what the system installed, not to a file the agent could have written. */

const UNIX_FOLDERS = [
  "/bin/",
  "/sbin/",
  "/usr/bin/",
  "/usr/sbin/",
  "/usr/local/bin/",
  "/opt/homebrew/bin/",
  "/opt/local/bin/",
  "/home/linuxbrew/.linuxbrew/bin/",
  "/run/current-system/sw/bin/",
  "/snap/bin/",
];
const WINDOWS_FOLDERS = ["c:/windows/", "c:/program files/", "c:/program files (x86)/"];

/** A bare name (found by PATH), or an absolute path directly in a system folder. */
export function isTrustedProgram(program: string, platform: NodeJS.Platform): boolean {
  if (platform !== "win32") {
    if (!program.includes("/")) return program !== "" && program !== "." && program !== "..";
    return UNIX_FOLDERS.includes(program.slice(0, program.lastIndexOf("/") + 1));
  }
  if (!/[\\/:]/.test(program)) return program !== "";
  const path = program.replaceAll("\\", "/").toLowerCase();
  return !path.includes("/../") && WINDOWS_FOLDERS.some((folder) => path.startsWith(folder));
}
