/** What the environment contributed to a request, in a form that can be compared across machines. */

import { createHash } from "node:crypto";
import type { ContentItem, ResponseItem, ToolOutputPart } from "@codex-ts/protocol";
import type { CompactRequest, ModelRequest } from "../contract/request.js";
import { normalise, type Places } from "./normalise.js";

/** Compared when a recording is replayed. */
export interface Fingerprint {
  /** Hash of the base instructions; a difference is worth a notice. */
  instructions: string;
  /** Hash of the tools' definitions; a difference is worth a notice. */
  tools: string;
  /** Hash of what the harness itself says in the conversation (permissions, AGENTS.md, environment); likewise. */
  context: string;
  /** New since the thread's last request: what the user said and what tools answered. A difference stops the replay. */
  contributions: string[];
}

/** Makes fingerprints of a client's requests; remembers what each thread has contributed so far. */
export class FingerprintMaker {
  readonly #places: Places;
  readonly #seen = new Map<string, readonly string[]>();

  constructor(places: Places) {
    this.#places = places;
  }

  /** The next request of a thread. */
  next(request: ModelRequest): Fingerprint {
    return this.#make(request.threadId, request, request.tools);
  }

  /** A compaction: it says nothing new of its own, so all is compared. */
  ofCompaction(request: CompactRequest): Fingerprint {
    return this.#make(null, request, []);
  }

  #make(thread: string | null, request: CompactRequest, tools: readonly unknown[]): Fingerprint {
    const all = request.input.map((item) => this.#contribution(item)).filter((text) => text !== null);
    const before = thread === null ? [] : (this.#seen.get(thread) ?? []);
    if (thread !== null) this.#seen.set(thread, all);
    const context = request.input.map((item) => this.#harnessText(item)).filter((text) => text !== null);
    return {
      instructions: hash(request.instructions),
      tools: hash(JSON.stringify(tools)),
      context: hash(context.join("\n")),
      contributions: all.slice(commonStart(before, all)),
    };
  }

  #contribution(item: ResponseItem): string | null {
    switch (item.type) {
      case "message":
        return item.role === "user" && !isHarnessMessage(item.content) ? this.#named("user", text(item.content)) : null;
      case "function_call_output":
      case "custom_tool_call_output":
        return this.#named("tool", typeof item.output === "string" ? item.output : text(item.output));
      default:
        return null;
    }
  }

  #named(who: string, said: string): string {
    return `${who}: ${normalise(said, this.#places)}`;
  }

  #harnessText(item: ResponseItem): string | null {
    if (item.type !== "message") return null;
    if (item.role !== "developer" && !(item.role === "user" && isHarnessMessage(item.content))) return null;
    return normalise(text(item.content), this.#places);
  }
}

/** Starts of user messages that no user wrote. */
const HARNESS_STARTS = ["# AGENTS.md instructions for ", "<user_instructions>", "<environment_context>", "<skill"];

function isHarnessMessage(content: readonly ContentItem[]): boolean {
  const [first] = content;
  return first?.type === "input_text" && HARNESS_STARTS.some((start) => first.text.trimStart().startsWith(start));
}

/** Images count by their bytes, as their text would fill the recording. */
function text(parts: readonly (ContentItem | ToolOutputPart)[]): string {
  return parts.map((part) => (part.type === "input_image" ? `[image ${hash(part.image_url)}]` : part.text)).join("");
}

function hash(value: string): string {
  return createHash("sha256").update(value).digest("hex").slice(0, 16);
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  const differs = b.findIndex((entry, index) => entry !== a[index]);
  return differs === -1 ? b.length : differs;
}
