/** Conversations as they were observed on the original: every message is read, and written again as it was. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  classifyMessage,
  type ClientRequestMethod,
  parseClientNotification,
  parseClientRequest,
  parseClientRequestResult,
  parseServerNotification,
  parseServerRequest,
  parseServerRequestResult,
  type ServerRequestMethod,
} from "../src/index.js";

interface Line {
  from: "client" | "server";
  /** The method of the request that is answered. */
  answers?: string;
  message: object;
}

const lines = readFileSync(join(import.meta.dirname, "fixtures/transcripts.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line): [string, Line] => [line, JSON.parse(line) as Line]);

function read({ from, answers, message }: Line): unknown {
  const classified = classifyMessage(message);
  switch (classified.kind) {
    case "request":
      return from === "client" ? parseClientRequest(classified.message) : parseServerRequest(classified.message);
    case "notification":
      return from === "client"
        ? parseClientNotification(classified.message)
        : parseServerNotification(classified.message);
    case "response": {
      const { id, result } = classified.message;
      const parsed =
        from === "server"
          ? parseClientRequestResult(answers as ClientRequestMethod, result)
          : parseServerRequestResult(answers as ServerRequestMethod, result);
      return { id, result: parsed };
    }
    case "error":
      return classified.message;
  }
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sortedKeys(member)]));
}

describe("an observed message", () => {
  it.each(lines)("%s", (_, line) => {
    expect(JSON.stringify(sortedKeys(read(line)))).toBe(JSON.stringify(sortedKeys(line.message)));
  });
});
