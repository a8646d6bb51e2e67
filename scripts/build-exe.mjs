/** Builds the standalone executable and the Node bundle of the CLI. */

import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const bun = join(root, "node_modules/.bin/bun");
const cli = join(root, "apps/cli");
const entry = join(cli, "src/main.ts");
// OUT: another place for the results, for trying something beside a running test.
const dist = process.env["OUT"] ?? join(cli, "dist");
mkdirSync(join(dist, "node"), { recursive: true });

// Never loaded in the executable, or only under Node: they must not be looked for at build time.
const external = ["@lydell/node-pty", "@napi-rs/keyring"].flatMap((name) => ["--external", name]);

build(
  "the executable",
  [entry],
  [
    "--compile",
    "--bytecode",
    // The compiled program must not read .env and bunfig.toml of the folder it is started in: they run code.
    "--no-compile-autoload-dotenv",
    "--no-compile-autoload-bunfig",
    "--outfile",
    join(dist, "codex"),
  ],
);

rmSync(join(dist, "node"), { recursive: true, force: true });
build("the Node bundle", [entry], ["--target=node", "--outdir", join(dist, "node"), "--entry-naming", "codex.js"]);
// Under Node some work is done by files that are started on their own; they lie beside the bundle.
const started = ["pty/src/node-terminal.ts", "image/src/jimp-worker.ts"].map((path) => join(root, "packages", path));
build("its workers", started, ["--target=node", "--outdir", join(dist, "node"), "--entry-naming", "[name].js"]);

function build(what, entries, options) {
  const startedAt = performance.now();
  const args = [
    "build",
    ...entries,
    "--minify",
    "--format=esm",
    "--splitting",
    "--conditions=@codex-ts/source",
    ...external,
    ...options,
  ];
  execFileSync(bun, args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  console.log(`built ${what} in ${Math.round(performance.now() - startedAt)} ms`);
}
