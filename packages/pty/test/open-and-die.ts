/** Opens the terminal described by its argument, prints the child's process id, and is killed. */

import { writeSync } from "node:fs";
import { openPty } from "../src/index.js";
import type { PtyOptions } from "../src/index.js";

const options: PtyOptions = JSON.parse(process.argv[2] ?? "{}");
const pty = await openPty(options);
writeSync(1, String(pty.pid));
process.kill(process.pid, "SIGKILL");
