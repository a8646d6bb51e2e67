/** `pnpm soak [turns] [minutes] [seed]`: 2,000 turns, ten minutes at the most. */

import { soak } from "./soak.js";

const [turns = 2_000, minutes = 10, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
console.log(`soak: ${turns} turns, ${minutes} minutes at the most, seed ${seed}`);
const startedAt = performance.now();
const report = await soak({ turns, seed, stopAt: Date.now() + minutes * 60_000 });
console.log(JSON.stringify({ ...report, seconds: Math.round((performance.now() - startedAt) / 1_000) }, null, 2));
