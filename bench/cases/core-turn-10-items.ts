/** What a turn without tools costs at 10 items of history: everything but the network and the model. Median of 50. */

import { conversation, inProcessAgent, median, saying, turn } from "../in-process-agent.js";

const ITEMS = 10;
const TURNS = 50;
const WARM_UP = 10;

export default {
  name: "core: a turn at 10 items of history",
  unit: "ms",
  async measure(): Promise<number> {
    await using agent = await inProcessAgent(saying(5));
    const thread = await agent.threads.startFrom(agent.config, "exec", conversation(ITEMS));
    const times: number[] = [];
    for (let n = 0; n < WARM_UP + TURNS; n += 1) times.push(await turn(thread));
    return median(times.slice(WARM_UP));
  },
};
