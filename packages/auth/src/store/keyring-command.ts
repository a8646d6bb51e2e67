/** The keyring through the system's own command, for builds without the native package. Secrets travel by stdin. */

import { spawn } from "node:child_process";
import { KeyringError, type Keyring } from "./keyring.js";

/** A command to run, and what to write to it. */
export interface KeyringCommand {
  readonly argv: readonly [string, ...string[]];
  readonly input: string;
}

/** How a command ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command; rejects when it cannot be started. */
export type RunCommand = (command: KeyringCommand) => Promise<CommandResult>;

/** The keyring of a platform that has a command for it; null for others. */
export function commandKeyring(platform: NodeJS.Platform, run: RunCommand = runCommand): Keyring | null {
  switch (platform) {
    case "darwin":
      return keychain(run);
    case "linux":
    case "freebsd":
    case "openbsd":
      return secretService(run);
    default:
      return null;
  }
}

/** libsecret's `secret-tool`. Lookup fails without a message when there is no such entry. */
function secretService(run: RunCommand): Keyring {
  const attributes = (service: string, account: string): string[] => ["service", service, "username", account];
  const tool = (verb: string, rest: string[], input = ""): Promise<CommandResult> =>
    attempt(run, { argv: ["secret-tool", verb, ...rest], input });
  return {
    async get(service, account) {
      const result = await tool("lookup", attributes(service, account));
      if (result.code === 0) {
        return result.stdout;
      }
      return result.stderr.trim() === "" ? null : refuse(result);
    },
    async set(service, account, secret) {
      const result = await tool("store", [`--label=${service}`, ...attributes(service, account)], secret);
      return result.code === 0 ? undefined : refuse(result);
    },
    async delete(service, account) {
      const found = (await this.get(service, account)) !== null;
      const result = await tool("clear", attributes(service, account));
      return result.code === 0 || !found ? found : refuse(result);
    },
  };
}

/** The exit code of `security` for an entry that does not exist. */
const NO_SUCH_ITEM = 44;

/** The longest line, in bytes, that we give to `security -i`: it reads into a buffer of 4096 and cuts what is longer. */
const LONGEST_LINE = 4000;

/** macOS: `security`. Secrets are written through its interactive mode, as arguments can be seen by everyone. */
function keychain(run: RunCommand): Keyring {
  const find = (service: string, account: string): string[] => ["-s", service, "-a", account];
  return {
    async get(service, account) {
      const argv = ["security", "find-generic-password", ...find(service, account), "-w"] as const;
      const result = await attempt(run, { argv: [...argv], input: "" });
      if (result.code === 0) {
        return result.stdout.replace(/\n$/, "");
      }
      return result.code === NO_SUCH_ITEM ? null : refuse(result);
    },
    async set(service, account, secret) {
      const hex = Buffer.from(secret, "utf8").toString("hex");
      const line = `add-generic-password -U -s ${quoted(service)} -a ${quoted(account)} -X ${hex}\n`;
      if (Buffer.byteLength(line) > LONGEST_LINE) {
        throw new KeyringError(
          'this login is too long for the `security` command; set cli_auth_credentials_store (for MCP servers: mcp_oauth_credentials_store) to "auto" or "file", or run Codex under Node with the package @napi-rs/keyring',
        );
      }
      const result = await attempt(run, { argv: ["security", "-i"], input: line });
      return result.code === 0 ? undefined : refuse(result);
    },
    async delete(service, account) {
      const argv = ["security", "delete-generic-password", ...find(service, account)] as const;
      const result = await attempt(run, { argv: [...argv], input: "" });
      if (result.code !== 0 && result.code !== NO_SUCH_ITEM) {
        return refuse(result);
      }
      return result.code === 0;
    },
  };
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
}

async function attempt(run: RunCommand, command: KeyringCommand): Promise<CommandResult> {
  try {
    return await run(command);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KeyringError(`Platform secure storage failure: cannot run ${command.argv[0]}: ${reason}`, error);
  }
}

function refuse({ code, stderr }: CommandResult): never {
  throw new KeyringError(`Platform secure storage failure: ${stderr.trim() || `the command ended with ${code}`}`);
}

const TIMEOUT_MS = 20_000;

async function runCommand({ argv, input }: KeyringCommand): Promise<CommandResult> {
  const [program, ...args] = argv;
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], timeout: TIMEOUT_MS });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  // A child that ends without reading its input closes the pipe: its exit code says what that means.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}
