/** A fake model, a home and a workspace, and what a Codex needs to use them. */

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
