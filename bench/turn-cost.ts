/** What a turn without tools costs at so many items of history: everything but the network and the model. Median of 50. */

import { conversation, inProcessAgent, median, saying, turn } from "./in-process-agent.js";

const TURNS = 50;
const WARM_UP = 10;

/** A case for this many items. */
export function turnCost(items: number): { name: string; unit: string; measure: () => Promise<number> } {
  return {
    name: `core: a turn at ${items.toLocaleString("en")} items of history`,
    unit: "ms",
    measure: async () => {
      await using agent = await inProcessAgent(saying(5));
      const thread = await agent.threads.startFrom(agent.config, "exec", conversation(items));
      const times: number[] = [];
      for (let n = 0; n < WARM_UP + TURNS; n += 1) times.push(await turn(thread));
      return median(times.slice(WARM_UP));
    },
  };
}
