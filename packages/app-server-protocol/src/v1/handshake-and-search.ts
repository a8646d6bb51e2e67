/** The handshake and the file search, which both versions have. */

import type { Uint32 } from "@codex-ts/protocol";

/** Who the client is. */
export interface ClientInfo {
  /** Becomes the originator; must be usable as an HTTP header value. */
  name: string;
  title?: string | null;
  version: string;
}

/** What the client can do and wants. @since 0.169 */
export interface ClientCapabilities {
  /** Notifications that the client does not want, by method; `codex/event` stands for all legacy events. */
  optOutNotificationMethods?: string[] | null;
}

/** The first request of every connection. */
export interface InitializeParams {
  clientInfo: ClientInfo;
  /** @since 0.169 */
  capabilities?: ClientCapabilities | null;
}

/** Who the server is. */
export interface InitializeResponse {
  userAgent: string;
  /** @since 0.169 */
  codexHome?: string;
  /** `unix` or `windows`. @since 0.169 */
  platformFamily?: string;
  /** `linux`, `macos`, `windows`. @since 0.169 */
  platformOs?: string;
}

/** Finds files by some of the letters of their paths. */
export interface FuzzyFileSearchParams {
  query: string;
  roots: string[];
  /** A later search with the same token ends an earlier one. */
  cancellationToken?: string | null;
}

/** A file that matches. */
export interface FuzzyFileSearchResult {
  root: string;
  path: string;
  file_name: string;
  score: Uint32;
  /** Positions of the matching characters in `path`. */
  indices: Uint32[] | null;
}

/** The best matches, best first; at most 50 per root. */
export interface FuzzyFileSearchResponse {
  files: FuzzyFileSearchResult[];
}
