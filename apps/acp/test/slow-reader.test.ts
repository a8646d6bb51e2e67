/** An editor that does not read. */

import { spawn } from "node:child_process";
import { builds, tempHome } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";

describe.each(builds())("an editor that does not read ($name)", (build) => {
  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("can be left with %s", async (signal, code) => {
    using home = tempHome();
    const child = spawn(build.command, [...build.prefix, "acp"], { cwd: home.workspace, env: home.env });
    const exited = new Promise((resolve) => child.on("exit", resolve));
    try {
      // Nobody reads stdout, and the answers fill all that lies between; the requests are taken all the same.
      const lines = Array.from({ length: 20_000 }, (_, id) => `{"jsonrpc":"2.0","id":${id},"method":"nothing"}\n`);
      await new Promise<void>((resolve) => child.stdin.write(lines.join(""), () => resolve()));
      child.kill(signal);
      expect(await exited).toBe(code);
    } finally {
      child.kill("SIGKILL");
    }
  });
});
