/** A turn at 10,000 items of history. */

import { turnCost } from "../turn-cost.js";

export default turnCost(10_000);
