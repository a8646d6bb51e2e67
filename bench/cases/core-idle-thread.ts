/** Memory that one more thread takes that has done a turn and waits: what the process grows by with 200 of them. */

import { inProcessAgent, saying, turn } from "../in-process-agent.js";

const THREADS = 200;

export default {
  name: "core: memory of an idle thread",
  unit: "MB",
  async measure(): Promise<number> {
    await using agent = await inProcessAgent(saying(5));
    const start = async (count: number): Promise<void> => {
      for (let n = 0; n < count; n += 1) await turn(await agent.threads.start(agent.config, "exec"));
    };
    await start(20);
    const before = await resident();
    await start(THREADS);
    return ((await resident()) - before) / THREADS / 1_048_576;
  },
};

async function resident(): Promise<number> {
  for (let pass = 0; pass < 3; pass += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    Bun.gc(true);
  }
  return process.memoryUsage.rss();
}
