/** Runs commands under the operating system's sandbox. What that takes is loaded with the first command. */

import type { SandboxedRunnerOptions } from "./command-plan.js";
import type { CommandRunner } from "./command-runner.js";

/** The real runner. */
export function sandboxedRunner(options: SandboxedRunnerOptions): CommandRunner {
  return {
    enforces: () => process.platform !== "win32",
    run: async (request, observer) => {
      const { runToEnd } = await import("./run-to-end.js");
      return await runToEnd(request, observer, options);
    },
    open: async (request, observer) => {
      const { openCommand } = await import("./sessions/open-command.js");
      return await openCommand(request, observer, options);
    },
  };
}
