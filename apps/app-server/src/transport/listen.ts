/** Serves clients that connect: over WebSocket, or over a Unix socket. */

import { readFileSync } from "node:fs";
import { osErrorText } from "@codex-ts/config";
import type { Channel } from "./channel.js";
import { ListenError, parseListenAddress } from "./listen-address.js";

/** Where to listen, and what to do with who comes. */
export interface ListenOptions {
  address: string;
  /** A file with the token that clients must present; null: none is needed. */
  tokenFile: string | null;
  serve: (channel: Channel) => Promise<void>;
}

/** A listening server. */
export interface Listener {
  /** Where it listens; a port that was left open is known now. */
  address: string;
  close(): void;
}

/** @throws {ListenError} */
export async function listen({ address, tokenFile, serve }: ListenOptions): Promise<Listener> {
  const token = tokenFile === null ? null : readToken(tokenFile);
  const place = parseListenAddress(address, token !== null);
  if (place.kind === "unix") {
    const { listenOnUnixSocket } = await import("./unix-socket.js");
    return await listenOnUnixSocket(place.path, token, serve);
  }
  const { listenOnWebSocket } = await import("./web-socket.js");
  return await listenOnWebSocket(place, token, serve);
}

function readToken(file: string): string {
  const token = tokenText(file).trim();
  if (token === "") throw new ListenError(`the file of --token-file, ${file}, is empty`);
  return token;
}

function tokenText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new ListenError(`cannot read the file of --token-file, ${file}: ${osErrorText(error)}`, { cause: error });
  }
}
