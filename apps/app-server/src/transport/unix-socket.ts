/** Serves clients on a Unix socket that only its owner can reach. */

import { chmodSync, lstatSync, rmSync, unlinkSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { Channel } from "./channel.js";
import type { Listener } from "./listen.js";
import { ListenError } from "./listen-address.js";
import { socketChannel } from "./socket-channel.js";
import { firstLineIsToken } from "./token.js";

/** @throws {ListenError} somebody listens there already, or the path is taken by something else */
export async function listenOnUnixSocket(
  path: string,
  token: string | null,
  serve: (channel: Channel) => Promise<void>,
): Promise<Listener> {
  await makeRoom(path);
  const server = createServer((socket) => void serve(channelOf(socket, token)));
  await listening(server, path);
  chmodSync(path, 0o600);
  const close = (): void => {
    server.close();
    rmSync(path, { force: true });
  };
  return { address: `unix://${path}`, close };
}

// helpers

function channelOf(socket: Socket, token: string | null): Channel {
  const channel = socketChannel(socket);
  return token === null ? channel : { ...channel, input: firstLineIsToken(channel, token) };
}

/** A socket that a dead server left behind is removed; anything else is not ours. */
async function makeRoom(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket()) throw new ListenError(`cannot listen on ${path}: it exists and is no socket`);
  if (await answers(path)) throw new ListenError(`cannot listen on ${path}: another server listens there`);
  unlinkSync(path);
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new ListenError(`cannot listen on ${path}: ${error.message}`)));
    // Nobody else may connect in the moment before the permissions are set.
    const before = process.umask(0o177);
    server.listen(path, resolve);
    process.umask(before);
  });
}
