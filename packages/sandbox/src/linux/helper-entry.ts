/**
 * The helper inside our executable: gives up rights, then becomes the command. Light on purpose, because it is started
 * once per command: nothing is imported here that the restrictions do not need.
 */

import { closeSync, fstatSync, readFileSync, writeSync } from "node:fs";
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
import { openLibC } from "./libc.js";
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

function obey(command: readonly string[]): never {
  try {
    const order = readOrder();
    const libc = openLibC();
    restrictThread(libc, order);
    const { errno, file } = becomeCommand(libc, command, order.env);
    return leave(errno === ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE, `${file}: ${reasonOf(errno)}`);
  } catch (error) {
    return leave(EXIT_NOT_SANDBOXED, error instanceof Error ? error.message : String(error));
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
function readOrder(): HelperOrder {
  const text = readFileSync(ORDER_FD, "utf8");
  closeSync(ORDER_FD);
  return JSON.parse(text) as HelperOrder;
}

function printAbi(): never {
  try {
    writeSync(1, `${landlockAbi(openLibC())}\n`);
    process.exit(0);
  } catch (error) {
    writeSync(2, `${HELPER_NAME}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(EXIT_NOT_SANDBOXED);
  }
}

/** Says why, to people on stderr and to the process that started us in its status file, which exec would have closed. */
function leave(code: number, reason: string): never {
  writeSync(2, `${HELPER_NAME}: ${reason}\n`);
  if (isOpen(STATUS_FD)) {
    writeSync(STATUS_FD, JSON.stringify({ code, reason }));
  }
  process.exit(code);
}

function isOpen(fd: number): boolean {
  try {
    fstatSync(fd);
    return true;
  } catch {
    // Started by somebody who does not ask.
    return false;
  }
}
