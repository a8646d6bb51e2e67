/** Starts code reviews, in the thread itself or in a new one. */

import { reviewHint, type ReviewStartParams, type Turn } from "@codex-ts/app-server-protocol";
import type { ReviewTarget } from "@codex-ts/protocol";
import { readRollout } from "@codex-ts/rollout";
import { invalidRequest } from "../router/rpc-error.js";
import type { Call, Methods } from "../router/call.js";
import type { LoadedThread } from "../threads/loaded-thread.js";
import { storedThread } from "../threads/thread-view.js";
import { forked, readable, viewFacts } from "./threads.js";
import { begin } from "./turns.js";

export const reviewMethods = {
  "review/start": async (params, call) => {
    const loaded = call.engine.threads.get(params.threadId);
    const target = checkedTarget(params.target);
    const reviewed = params.delivery === "detached" ? await detached(loaded, params, call) : loaded;
    const id = reviewed.thread.reserveId();
    const turn = reviewTurn(id, reviewHint(target));
    const threadId = reviewed.thread.id;
    call.afterReply(() => {
      call.connection.notify({ method: "turn/started", params: { threadId, turn } });
      begin(reviewed, { type: "review", review_request: { target } }, { id, steers: false, announced: true }, call);
    });
    return { turn, reviewThreadId: threadId };
  },
} satisfies Methods;

// helpers

function checkedTarget(target: ReviewTarget): ReviewTarget {
  const text = (name: string, value: string): string => {
    const trimmed = value.trim();
    if (trimmed === "") throw invalidRequest(`${name} must not be empty`);
    return trimmed;
  };
  switch (target.type) {
    case "uncommittedChanges":
      return target;
    case "baseBranch":
      return { ...target, branch: text("branch", target.branch) };
    case "commit": {
      const title = target.title?.trim() ?? "";
      return { type: "commit", sha: text("sha", target.sha), ...(title === "" ? {} : { title }) };
    }
    case "custom":
      return { ...target, instructions: text("instructions", target.instructions) };
  }
}

/** A copy of the thread for the review alone. */
async function detached(loaded: LoadedThread, params: ReviewStartParams, call: Call): Promise<LoadedThread> {
  const { engine, connection } = call;
  const path = loaded.thread.rolloutPath;
  if (path === null) throw invalidRequest(`no rollout found for thread id ${params.threadId}`);
  const { config } = engine;
  const own = { ...config, model: config.reviewModel ?? config.model };
  const thread = await forked(async () => engine.agent.fork(own, "vscode", await readable(path), null));
  const copy = engine.threads.of(thread);
  const stored = await readRollout(thread.rolloutPath ?? path);
  connection.notify({ method: "thread/started", params: { thread: storedThread(stored, viewFacts(call)) } });
  copy.listen(connection, { form: "v2", rawEvents: false });
  return copy;
}

function reviewTurn(id: string, hint: string): Turn {
  const content = [{ type: "text" as const, text: hint, text_elements: [] }];
  return { id, items: [{ type: "userMessage", id, content }], status: "inProgress", error: null };
}
