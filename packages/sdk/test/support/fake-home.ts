/** A fake model, a home and a workspace, and what a Codex needs to use them. */

import { readFileSync } from "node:fs";
import { findRollout } from "@codex-ts/rollout";
import {
  executable,
  fakeProviderConfig,
  startFakeModel,
  tempHome,
  type FakeModel,
  type Script,
  type TempHome,
} from "@codex-ts/test-support";

/** A place to run turns in. */
export interface FakePlace extends AsyncDisposable {
  model: FakeModel;
  home: TempHome;
  /** Options of a Codex that runs the built executable there. */
  codex: { codexPathOverride: string; env: Record<string, string> };
  /** Text of the parts of a request's input. */
  sent(request: number): string[];
}

/** @param extra top-level lines of config.toml */
export async function fakePlace(script: Script, extra = "", files: Record<string, string> = {}): Promise<FakePlace> {
  const model = await startFakeModel(script);
  const home = tempHome({ config: fakeProviderConfig(model.url, extra), files });
  return {
    model,
    home,
    codex: { codexPathOverride: executable().command, env: home.env },
    sent: (request) => textsOf(model.requests[request]?.body["input"]),
    [Symbol.asyncDispose]: async () => {
      await model.close();
      home[Symbol.dispose]();
    },
  };
}

/** The sandboxes of a thread's turns, one after the other, as its session file has them. */
export function sandboxes({ home }: FakePlace, threadId: string): unknown[] {
  const path = findRollout({ codexHome: home.codexHome, id: threadId });
  const lines =
    path === null
      ? []
      : readFileSync(path, "utf8")
          .split("\n")
          .filter((line) => line !== "");
  return lines.flatMap((line) => {
    const { type, payload } = JSON.parse(line) as { type: string; payload: { sandbox_policy?: unknown } };
    return type === "turn_context" ? [payload.sandbox_policy] : [];
  });
}

function textsOf(input: unknown): string[] {
  const items = Array.isArray(input) ? (input as { content?: { text?: string }[]; output?: unknown }[]) : [];
  return items.flatMap(({ content, output }) => [
    ...(content ?? []).map(({ text }) => text ?? ""),
    ...(typeof output === "string" ? [output] : []),
  ]);
}

/** The smallest image there is. */
export const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
