/** How long a fresh process takes from loading the protocol to its first checked request: what the handshake pays for it. */

import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const line = '{"id":1,"method":"turn/start","params":{"threadId":"t","input":[{"type":"text","text":"hi"}]}}';
// The emitted package, as users load it: from the sources it would be compiled on the way.
const script = `
  const start = performance.now();
  const { classifyLine, parseClientRequest } = await import(${JSON.stringify(join(root, "packages/app-server-protocol/dist/index.js"))});
  parseClientRequest(classifyLine(${JSON.stringify(line)}).message);
  console.log(performance.now() - start);`;

export default {
  name: "protocol: load and check the first request",
  unit: "ms",
  async measure() {
    const { stdout } = spawnSync(join(root, "node_modules/.bin/bun"), ["-e", script], { encoding: "utf8" });
    return Number(stdout);
  },
};
