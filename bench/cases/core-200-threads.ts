/** 200 threads that work at the same time, ten turns each, in one process. */

import { inProcessAgent, saying, turn } from "../in-process-agent.js";

const THREADS = 200;
const TURNS = 10;

export default {
  name: "core: 200 threads x 10 turns",
  unit: "ms",
  async measure(): Promise<number> {
    await using agent = await inProcessAgent(saying(5));
    const startedAt = performance.now();
    await Promise.all(
      Array.from({ length: THREADS }, async () => {
        const thread = await agent.threads.start(agent.config, "exec");
        for (let n = 0; n < TURNS; n += 1) await turn(thread);
      }),
    );
    return performance.now() - startedAt;
  },
};
