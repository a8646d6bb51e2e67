/**
 * The helper inside our executable: gives up rights, then becomes the command. Light on purpose, because it is started
 * once per command: nothing is imported here that the restrictions do not need, not even `node:fs`, whose loading would
 * be a fifth of the helper's time.
 */

import { becomeCommand } from "./become.js";
import {
  EXIT_NOT_EXECUTABLE,
  EXIT_NOT_FOUND,
  EXIT_NOT_SANDBOXED,
  HELPER_NAME,
  type HelperOrder,
  ORDER_FD,
  STATUS_FD,
} from "./helper-arguments.js";
import { type LibC, openLibC } from "./libc.js";
import { landlockAbi, restrictThread } from "./restrict.js";

export { HELPER_NAME };

/**
 * Runs the helper; never returns.
 * @param args what follows the program's name: `--order-fd 3 -- COMMAND…` from ourselves, `--landlock-abi` from the
 * probe, or the reference's `--sandbox-policy-cwd DIR --sandbox-policy JSON -- COMMAND…` from other clients
 */
export async function runSandboxHelper(args: readonly string[]): Promise<never> {
  switch (args[0]) {
    case "--order-fd":
      return obey(args.slice(args.indexOf("--") + 1));
    case "--landlock-abi":
      return printAbi();
    default: {
      const { runReferenceHelper } = await import("./reference-helper.js");
      return runReferenceHelper(args);
    }
  }
}

async function obey(command: readonly string[]): Promise<never> {
  try {
    const libc = openLibC();
    const order = readOrder(libc);
    restrictThread(libc, order);
    const { errno, file } = becomeCommand(libc, command, order.env);
    return await leave(errno === ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE, `${file}: ${reasonOf(errno)}`);
  } catch (error) {
    return await leave(EXIT_NOT_SANDBOXED, error instanceof Error ? error.message : String(error));
  }
}

const ENOENT = 2;

function reasonOf(errno: number): string {
  const known: Record<number, string> = {
    1: "Operation not permitted",
    [ENOENT]: "No such file or directory",
    7: "Argument list too long",
    8: "Exec format error",
    12: "Cannot allocate memory",
    13: "Permission denied",
    26: "Text file busy",
  };
  return known[errno] ?? `error ${errno}`;
}

/** Trusted: written by the process that started us. */
function readOrder(libc: LibC): HelperOrder {
  return JSON.parse(readToEnd(libc, ORDER_FD)) as HelperOrder;
}

const CALLS = { read: { x64: 0, arm64: 63 }, close: { x64: 3, arm64: 57 } } as const;

function readToEnd(libc: LibC, fd: number): string {
  const decoder = new TextDecoder();
  const block = new Uint8Array(65_536);
  let text = "";
  for (;;) {
    const length = libc.call(CALLS.read[libc.architecture], fd, block, block.length);
    if (length < 0) {
      throw new Error(`the order cannot be read (error ${libc.errno()})`);
    }
    if (length === 0) {
      libc.call(CALLS.close[libc.architecture], fd);
      return text + decoder.decode();
    }
    text += decoder.decode(block.subarray(0, length), { stream: true });
  }
}

async function printAbi(): Promise<never> {
  const { writeSync } = await import("node:fs");
  try {
    writeSync(1, `${landlockAbi(openLibC())}\n`);
    process.exit(0);
  } catch (error) {
    writeSync(2, `${HELPER_NAME}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(EXIT_NOT_SANDBOXED);
  }
}

/** Says why, to people on stderr and to the process that started us in its status file, which exec would have closed. */
async function leave(code: number, reason: string): Promise<never> {
  const { writeSync } = await import("node:fs");
  writeSync(2, `${HELPER_NAME}: ${reason}\n`);
  try {
    writeSync(STATUS_FD, JSON.stringify({ code, reason }));
  } catch {
    // Started by somebody who does not ask.
  }
  process.exit(code);
}
