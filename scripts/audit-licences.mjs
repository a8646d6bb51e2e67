/**
 * Checks that every dependency we ship has a licence of the list in scripts/licences.json, or is one of its exceptions:
 * `"name@version": "licence"`, as somebody looked at that version.
 */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const { allowed, exceptions } = JSON.parse(readFileSync(join(import.meta.dirname, "licences.json"), "utf8"));
const report = JSON.parse(
  execFileSync("npx", ["pnpm@10.34.9", "licenses", "list", "--prod", "--json"], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  }),
);

const refused = [];
let count = 0;
for (const [licence, packages] of Object.entries(report)) {
  const choices = licence.replace(/[()]/g, "").split(" OR ");
  const allowedByList = choices.some((choice) => choice.split(" AND ").every((part) => allowed.includes(part)));
  for (const id of packages.flatMap(({ name, versions }) => versions.map((version) => `${name}@${version}`))) {
    count += 1;
    if (!allowedByList && exceptions[id] !== licence) refused.push(`${id}: ${licence}`);
  }
}
if (refused.length > 0) {
  console.error(`Licences that are not on the list of scripts/licences.json:\n${refused.join("\n")}`);
  process.exit(1);
}
console.log(`${count} dependencies, all with a licence of the list or an exception`);
