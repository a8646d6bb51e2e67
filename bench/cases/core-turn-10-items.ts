/** A turn at 10 items of history. */

import { turnCost } from "../turn-cost.js";

export default turnCost(10);
