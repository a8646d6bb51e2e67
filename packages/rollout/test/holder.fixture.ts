/** Run as a process of its own: opens the session file it is told, appends and flushes lines, and says how many. */

import { createRollout } from "../src/index.js";
import { ID, meta, NOW, said } from "./session-lines.js";

const [codexHome = "", lines = "0"] = process.argv.slice(2);
const writer = createRollout({ codexHome, meta: meta(), now: () => NOW, report: () => undefined });
process.stdout.write(`${ID} 0\n`);
for (let n = 1; n <= Number(lines); n++) {
  writer.append([said(`line ${n} ${"x".repeat(n % 5000)}`)]);
  writer.flush();
  process.stdout.write(`${n}\n`);
}
setInterval(() => undefined, 1000);
