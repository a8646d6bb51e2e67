/** Small services: file search, differences to a remote, feedback, and what the server is called. */

import { diffToRemote } from "@codex-ts/git";
import { searchFiles } from "@codex-ts/file-search";
import { internalError, invalidRequest } from "../router/rpc-error.js";
import type { Methods } from "../router/call.js";

/** Searches under way that carry a token: a newer one with the same token ends the older one. */
const searches = new Map<string, AbortController>();

export const serviceMethods = {
  fuzzyFileSearch: async ({ query, roots, cancellationToken }, { engine }) => {
    if (query === "" || roots.length === 0) return { files: [] };
    const search = newSearch(cancellationToken ?? null);
    const signal = AbortSignal.any([search.signal, engine.server.signal]);
    try {
      const { matches } = await searchFiles(query, { roots, signal });
      return {
        files: matches.map(({ root, path, score, indices }) => ({
          root,
          path,
          file_name: nameOf(path),
          score,
          indices,
        })),
      };
    } finally {
      if (cancellationToken && searches.get(cancellationToken) === search) searches.delete(cancellationToken);
    }
  },

  gitDiffToRemote: async ({ cwd }, { engine }) => {
    const found = await diffToRemote(cwd, engine.server.signal);
    if (found === null) throw invalidRequest(`failed to compute git diff to remote for cwd: ${JSON.stringify(cwd)}`);
    return found;
  },

  "feedback/upload": (_params, { engine }) => {
    if (!engine.config.feedbackEnabled) throw invalidRequest("sending feedback is disabled by configuration");
    throw internalError("failed to upload feedback: this program sends feedback nowhere; open an issue instead");
  },

  getUserAgent: (_none, { engine }) => ({ userAgent: engine.server.userAgent }),
} satisfies Methods;

function newSearch(token: string | null): AbortController {
  const search = new AbortController();
  if (token === null) return search;
  searches.get(token)?.abort();
  searches.set(token, search);
  return search;
}

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
