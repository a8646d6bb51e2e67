/** One interface for a child process on a pseudo-terminal, with an adapter for Bun and one for Node. */

export { openPty } from "./open.js";
export { PtySpawnError } from "./pty.js";
export type { Pty, PtyExit, PtyOptions } from "./pty.js";
