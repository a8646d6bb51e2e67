/** Opens an address in the person's browser, where there is one. */

/** The command that opens an address on a platform. */
export function browserCommand(url: string, platform: NodeJS.Platform): readonly [string, ...string[]] {
  switch (platform) {
    case "darwin":
      return ["open", url];
    case "win32":
      return ["rundll32", "url.dll,FileProtocolHandler", url];
    default:
      return ["xdg-open", url];
  }
}

/** Whether nobody could see a browser that opens on this machine: logged in from elsewhere, or no display. */
export function isHeadless(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): boolean {
  const has = (name: string): boolean => (env[name] ?? "") !== "";
  if (has("SSH_CONNECTION") || has("SSH_CLIENT") || has("SSH_TTY")) {
    return true;
  }
  return (
    platform !== "darwin" &&
    platform !== "win32" &&
    !has("DISPLAY") &&
    !has("WAYLAND_DISPLAY") &&
    !has("WSL_DISTRO_NAME")
  );
}

/**
 * Opens the address.
 * @returns false when no browser could be started: then the person must open it
 */
export async function openBrowser(url: string, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  const { spawn } = await import("node:child_process");
  const [program, ...args] = browserCommand(url, platform);
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: "ignore", detached: true });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}
