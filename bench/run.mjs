/**
 * `pnpm bench [--peer PATH] [--only WORD] [--runs N]`: times the executable, interleaved with a peer if one is given, and
 * prints medians, peak memory and ratios. Then the cases of single packages in `cases/`, which have no peer.
 */

import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { programCases } from "./program-cases.mjs";
import { serverCases } from "./server-cases.mjs";

const { values } = parseArgs({
  options: { peer: { type: "string" }, only: { type: "string", default: "" }, runs: { type: "string", default: "7" } },
});
const runs = Number(values.runs);
const root = join(import.meta.dirname, "..");
const ours = join(root, "apps", "cli", "dist", "codex");
if (!existsSync(ours)) giveUp(`${ours} is missing`);
const newest = newestSource();
if (statSync(ours).mtimeMs < newest.changed) giveUp(`${ours} is older than ${newest.path}`);
const programs = { ours, ...(values.peer === undefined ? {} : { peer: resolve(values.peer) }) };

const rows = [];
for (const { name, measure, check } of [...programCases, ...serverCases]) {
  if (!name.includes(values.only)) continue;
  const results = { ours: [], peer: [] };
  for (let run = 0; run <= runs; run += 1) {
    for (const [who, path] of Object.entries(programs)) {
      const result = await measure(path);
      check?.(result, who);
      if (run > 0) results[who].push(result); // the first run warms the caches
    }
  }
  const ms = (who) => median(results[who].map((result) => result.ms));
  const mb = (who) => median(results[who].map((result) => result.mb));
  rows.push({
    case: name,
    "ours ms": ms("ours").toFixed(1),
    "ours MB": mb("ours").toFixed(0),
    ...(values.peer === undefined
      ? {}
      : {
          "peer ms": ms("peer").toFixed(1),
          "peer MB": mb("peer").toFixed(0),
          ratio: (ms("ours") / ms("peer")).toFixed(2),
        }),
  });
}
if (rows.length > 0) console.table(rows);

const single = [];
for (const file of readdirSync(join(import.meta.dirname, "cases")).sort()) {
  if (!/\.(mjs|ts)$/.test(file)) continue;
  const { default: bench } = await import(join(import.meta.dirname, "cases", file));
  if (!bench.name.includes(values.only)) continue;
  const figures = [];
  for (let run = 0; run < Math.max(3, Math.floor(runs / 2)); run += 1) figures.push(await bench.measure());
  single.push({ case: bench.name, median: median(figures).toFixed(2), unit: bench.unit });
}
if (single.length > 0) console.table(single);

function giveUp(reason) {
  console.error(`${reason}: run \`pnpm run build\` first`);
  process.exit(1);
}

/** The file or folder that was changed last of those that the executable is made from. */
function newestSource() {
  return ["packages", "apps"]
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name, "src")))
    .flatMap((source) => readdirSync(source, { recursive: true }).map((name) => join(source, name)))
    .map((path) => ({ path, changed: statSync(path).mtimeMs }))
    .reduce((newest, file) => (file.changed > newest.changed ? file : newest));
}

function median(figures) {
  return figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? Number.NaN;
}
