/** CPU time of a turn whose answer comes in 20,000 pieces: reading the stream, events, history, session file. */

import { inProcessAgent, median, saying, turn } from "../in-process-agent.js";

const RUNS = 5;

export default {
  name: "core: an answer in 20,000 deltas, CPU",
  unit: "ms",
  async measure(): Promise<number> {
    await using agent = await inProcessAgent(saying(20_000));
    const thread = await agent.threads.start(agent.config, "exec");
    let heard = 0;
    thread.subscribe((event) => {
      if (event.type === "item.delta") heard += 1;
    });
    const times: number[] = [];
    for (let n = 0; n < RUNS; n += 1) {
      const before = process.cpuUsage();
      await turn(thread);
      const { user, system } = process.cpuUsage(before);
      times.push((user + system) / 1_000);
    }
    if (heard !== RUNS * 20_000) throw new Error(`${heard} deltas were heard`);
    return median(times);
  },
};
