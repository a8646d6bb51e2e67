/**
 * The helper as the reference's clients call it: `codex-linux-sandbox --sandbox-policy-cwd DIR --sandbox-policy JSON --
 * COMMAND…`, with the command's environment as its own.
 */

import { homedir } from "node:os";
import path from "node:path";
import type { AbsolutePath, SandboxPolicy } from "@codex-ts/protocol";
import { runInSandbox } from "../command/sandbox-command.js";
import { parsePolicy, PolicyError } from "../policy/parse-policy.js";

const USAGE_ERROR = 2;

/** What a call in the reference's form asks for. */
export interface ReferenceCall {
  policyCwd: AbsolutePath;
  policy: SandboxPolicy;
  argv: readonly string[];
}

/** Runs the command and ends this process with its exit code. */
export async function runReferenceHelper(args: readonly string[]): Promise<never> {
  const writeError = (text: string): void => void process.stderr.write(text);
  const call = parseReferenceCall(args, process.cwd());
  if (typeof call === "string") {
    writeError(`error: ${call}\n`);
    process.exit(USAGE_ERROR);
  }
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const codexHome = process.env["CODEX_HOME"] ?? path.join(homedir(), ".codex");
  const code = await runInSandbox(call.policy, call.argv, {
    policyCwd: call.policyCwd,
    cwd: process.cwd(),
    env,
    codexHome,
    executable: process.execPath,
    writeError,
  });
  process.exit(code);
}

/** The call, or what is wrong with it. Pure. */
export function parseReferenceCall(args: readonly string[], cwd: AbsolutePath): ReferenceCall | string {
  const end = args.indexOf("--");
  const options = end === -1 ? args : args.slice(0, end);
  const argv = end === -1 ? [] : args.slice(end + 1);
  const value = (name: string): string | undefined => {
    const at = options.indexOf(name);
    return at === -1 ? options.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) : options[at + 1];
  };
  const policyCwd = value("--sandbox-policy-cwd");
  const policyText = value("--sandbox-policy");
  const missing = [
    ...(policyCwd === undefined ? ["--sandbox-policy-cwd <SANDBOX_POLICY_CWD>"] : []),
    ...(policyText === undefined ? ["--sandbox-policy <SANDBOX_POLICY>"] : []),
  ];
  if (policyCwd === undefined || policyText === undefined) {
    return `the following required arguments were not provided:\n  ${missing.join("\n  ")}`;
  }
  if (argv.length === 0) {
    return "No command specified to execute.";
  }
  try {
    return { policyCwd: path.resolve(cwd, policyCwd), policy: parsePolicy(policyText), argv };
  } catch (error) {
    if (error instanceof PolicyError) {
      return `invalid value '${policyText}' for '--sandbox-policy <SANDBOX_POLICY>': ${error.message}`;
    }
    throw error;
  }
}
