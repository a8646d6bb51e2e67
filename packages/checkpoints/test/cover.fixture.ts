/** Run as another user: takes a checkpoint and prints how it went. */

import { openCheckpoints } from "../src/index.js";

const [codexHome = "", root = ""] = process.argv.slice(2);
const coverage = await openCheckpoints({ codexHome, root }).before({ threadId: "t", turnId: "1" }, { waitMs: 60_000 });
process.stdout.write(JSON.stringify(coverage.kind === "covered" ? coverage : { error: coverage.error.message }));
