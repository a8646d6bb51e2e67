/**
 * The executable's first lines. Helpers and `--version` are answered before anything else is imported: the sandbox
 * helper runs once per command, and start-up time is a feature. Not even a built-in module is imported here: loading
 * `node:fs` alone is a third of the time `--version` takes.
 */

import { PATCH_FROM_STDIN } from "./own-program.js";
import { VERSION } from "./version.js";

const args = process.argv.slice(2);
const calledAs = process.argv0.replace(/^.*[\\/]/s, "").replace(/\.exe$/, "");

await dispatch();

async function dispatch(): Promise<void> {
  if (calledAs === "codex-linux-sandbox") {
    const { runSandboxHelper } = await import("@codex-ts/sandbox/helper");
    return await runSandboxHelper(args);
  }
  if (args[0] === PATCH_FROM_STDIN) {
    const { main } = await import("@codex-ts/apply-patch/program");
    process.exitCode = await main([]);
    return;
  }
  if (calledAs === "apply_patch" || calledAs === "applypatch" || args[0] === "--codex-run-as-apply-patch") {
    const { main } = await import("@codex-ts/apply-patch/program");
    process.exitCode = await main(args);
    return;
  }
  if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
    console.log(`codex-cli ${VERSION}`);
    return;
  }
  const { runCli } = await import("./run-cli.js");
  process.exitCode = await runCli(args);
}
