/** Addresses to listen on. Pure. */

/** An address cannot be listened on; the message says why and what would do. */
export class ListenError extends Error {
  override readonly name = "ListenError";
}

/** A place to listen. */
export type ListenPlace = { kind: "unix"; path: string } | { kind: "ws"; host: string; port: number };

const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1"]);

/**
 * `ws://HOST:PORT` or `unix://PATH`.
 * @param hasToken without one only this machine can be served
 * @throws {ListenError}
 */
export function parseListenAddress(text: string, hasToken: boolean): ListenPlace {
  if (text.startsWith("unix://")) return unixPlace(text.slice("unix://".length));
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== "ws:") {
    throw new ListenError(`cannot listen on \`${text}\`: expected ws://HOST:PORT or unix://PATH`);
  }
  if (url.port === "" && !/:80\b/.test(text))
    throw new ListenError(`cannot listen on \`${text}\`: the port is missing`);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (!LOOPBACK.has(host) && !hasToken) {
    throw new ListenError(
      `refusing to listen on ${host} without a token: others than this machine could command the agent. Use --token-file, or listen on 127.0.0.1.`,
    );
  }
  return { kind: "ws", host, port: Number(url.port === "" ? 80 : url.port) };
}

function unixPlace(path: string): ListenPlace {
  if (!path.startsWith("/")) throw new ListenError(`cannot listen on \`unix://${path}\`: the path must be absolute`);
  return { kind: "unix", path };
}
