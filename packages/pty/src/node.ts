/** The adapter for Node: the prebuilt node-pty, an optional dependency, in a process of its own per terminal. */

import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { fstatSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { FromTerminal, ToTerminal } from "./node-messages.js";
import { createOutput } from "./output.js";
import type { Output } from "./output.js";
import { PtySpawnError } from "./pty.js";
import type { Pty, PtyExit } from "./pty.js";
import { signalGroup, signalName } from "./signals.js";
import type { SpawnRequest } from "./spawn-request.js";

/** Starts the child; rejects with {@link PtySpawnError} when node-pty cannot. */
export async function spawnWithNode(request: SpawnRequest): Promise<Pty> {
  const { file, args } = withDescriptors(request);
  const { cwd, env, cols, rows } = request;
  const holder = startHolder();
  const tell = (message: ToTerminal) => void (holder.connected && holder.send(message));
  const output = createOutput();
  const exit = Promise.withResolvers<PtyExit>();
  const started = follow(holder, output, exit.resolve);
  tell({ type: "start", file, args, cwd, env, cols, rows });
  const pid = await started;
  let ended = false;
  const exited = exit.promise.finally(() => {
    ended = true;
  });
  return {
    pid,
    write: (data) => tell({ type: "write", data }),
    resize: (newCols, newRows) => tell({ type: "resize", cols: newCols, rows: newRows }),
    onData: (receive) => output.onData(receive),
    exited,
    kill(signal) {
      if (ended) return;
      if (process.platform === "win32") tell({ type: "end" });
      else signalGroup(pid, signal);
    },
  };
}

function startHolder(): ChildProcess {
  // Beside this file, and of the same kind: .js when built, .ts when run from source.
  const path = fileURLToPath(new URL(`./node-terminal${extname(import.meta.url)}`, import.meta.url));
  return fork(path, { serialization: "advanced", stdio: ["ignore", "ignore", "ignore", "ipc"], execArgv: [] });
}

/** Turns the holder's messages into output and end; resolves to the child's process id. */
function follow(holder: ChildProcess, output: Output, exit: (end: PtyExit) => void): Promise<number> {
  const started = Promise.withResolvers<number>();
  const fail = (reason: string) => {
    started.reject(new PtySpawnError("ENOTSUP", `no terminal under Node (package @lydell/node-pty): ${reason}`));
  };
  holder.on("message", (message: FromTerminal) => {
    switch (message.type) {
      case "started":
        started.resolve(message.pid);
        break;
      case "failed":
        fail(message.message);
        holder.disconnect();
        break;
      case "data":
        output.push(message.bytes);
        break;
      case "exit":
        exit(endOf(message.code, message.signal));
    }
  });
  holder.on("error", (error) => fail(error.message));
  // Unlike "exit" this comes after the last message. After a proper end both are settled and it changes nothing.
  holder.on("disconnect", () => {
    fail("its process ended");
    exit({ code: null, signal: "SIGHUP" });
  });
  return started.promise;
}

function endOf(code: number, signal: number): PtyExit {
  return signal === 0 ? { code, signal: null } : { code: null, signal: signalName(signal) };
}

/** node-pty passes no descriptors on, so a shell opens them again in the child before it becomes the program. */
function withDescriptors({ file, args, renamed, descriptors }: SpawnRequest): {
  file: string;
  args: readonly string[];
} {
  if (renamed) throw new PtySpawnError("ENOTSUP", "under Node a child on a terminal cannot be given another name");
  if (descriptors.length === 0) return { file, args };
  if (process.platform !== "linux") {
    throw new PtySpawnError("ENOTSUP", "under Node a child on a terminal can be given descriptors only on Linux");
  }
  const redirections = descriptors.map((fd, index) => {
    const operator = fstatSync(fd).isFile() ? "<>" : "<";
    return `${index + 3}${operator}/proc/${process.pid}/fd/${fd}`;
  });
  return { file: "/bin/sh", args: ["-c", `exec "$@" ${redirections.join(" ")}`, "sh", file, ...args] };
}
