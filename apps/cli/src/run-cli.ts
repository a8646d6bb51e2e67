/** Reads the command line and runs the command it names. */

import { resolveCodexHome } from "@codex-ts/config";
import {
  helpText,
  loadDotenv,
  parseArguments,
  processProgram,
  UsageError,
  writeAll,
  type ParsedLine,
  type Program,
} from "@codex-ts/launch";
import { rootCommand } from "./commands/root.js";
import { errorText } from "./error-text.js";
import { ownProgram } from "./own-program.js";

/** @param args after the program's name. @returns the exit code */
export async function runCli(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(rootCommand, args);
  switch (parsed.kind) {
    case "help":
      writeAll(1, helpText(parsed.path, { long: parsed.long }));
      return 0;
    case "version":
      writeAll(1, `${parsed.text}\n`);
      return 0;
    case "error":
      writeAll(2, parsed.text);
      return 2;
    case "run": {
      const program = processProgram(environment(), ownProgram());
      try {
        return await runCommand(parsed.line, program, args);
      } catch (error) {
        if (error instanceof UsageError) {
          program.stderr(error.message);
          return 2;
        }
        program.stderr(errorText(error, parsed.line.path[1]?.spec.name));
        program.log("debug", error instanceof Error ? (error.stack ?? "") : String(error));
        return 1;
      }
    }
  }
}

/** The process's environment with CODEX_HOME's dotenv in it. */
function environment(): Record<string, string | undefined> {
  const env = { ...process.env };
  try {
    loadDotenv(resolveCodexHome(env), env);
  } catch {
    // A CODEX_HOME that cannot be used is reported by the command that needs it.
  }
  return env;
}

async function runCommand(line: ParsedLine, program: Program, args: readonly string[]): Promise<number> {
  const command = line.path[1]?.spec.name;
  switch (command) {
    case "exec":
    case "review": {
      const { runExec } = await import("@codex-ts/exec");
      return await runExec(line, program);
    }
    case "login": {
      const { runLogin } = await import("./commands/login.js");
      return await runLogin(line, program);
    }
    case "logout": {
      const { runLogout } = await import("./commands/login.js");
      return await runLogout(line, program);
    }
    case "acp": {
      const { runAcp } = await import("@codex-ts/acp");
      return await runAcp(line, program);
    }
    case "mcp-server": {
      const { runMcpServer } = await import("@codex-ts/mcp-server");
      return await runMcpServer(line, program);
    }
    case "app-server": {
      const { runAppServer } = await import("@codex-ts/app-server");
      return await runAppServer(line, program);
    }
    case "sandbox": {
      const { runSandbox } = await import("./commands/sandbox.js");
      return await runSandbox(line, program);
    }
    case "mcp": {
      const { runMcp } = await import("./commands/mcp.js");
      return await runMcp(line, program);
    }
    case "completion": {
      const { runCompletion } = await import("./commands/completion.js");
      return runCompletion(line, rootCommand, program);
    }
    case "features": {
      const { runFeatures } = await import("./commands/features.js");
      return await runFeatures(line, program);
    }
    case "execpolicy": {
      const { runExecPolicyCheck } = await import("@codex-ts/execpolicy");
      // The rules package has the program alone, too, and reads its arguments itself.
      return await runExecPolicyCheck(args.slice(args.indexOf("check") + 1), program);
    }
    default:
      throw new Error(`no such command: ${command}`);
  }
}
