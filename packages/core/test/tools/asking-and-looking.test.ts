/** The tools that ask the user and look at images. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync, crc32 } from "node:zlib";
import { answer, functionCall, message } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { say, testThread } from "../support/test-thread.js";

const questions = [
  { id: "q1", header: "Colour", question: "Which?", isOther: true, options: [{ label: "red", description: "warm" }] },
];

describe("request_user_input", () => {
  const mode = (name: string): object => ({
    collaboration_mode: {
      mode: name,
      settings: { model: "gpt-5.1-codex", reasoning_effort: null, developer_instructions: null },
    },
  });

  it.each(["plan", "pair_programming"])("asks in the mode %s and gives the answer as it is", async (name) => {
    await using test = await testThread(
      [answer(functionCall("request_user_input", { questions })), answer(message("ok"))],
      {
        features: ["collaboration_modes"],
      },
    );
    await test.thread.submit({ type: "override_turn_context", ...mode(name) });
    test.answer((question) => {
      expect(question).toMatchObject({ kind: "userInput", questions });
      return { kind: "userInput", response: { answers: { q1: { answers: ["yes"] } } } };
    });
    await test.turn();
    expect(test.outputs()["call_1"]).toBe('{"answers":{"q1":{"answers":["yes"]}}}');
  });

  it.each([
    ["custom", "Custom"],
    ["code", "Code"],
    ["execute", "Execute"],
  ])("is refused in the mode %s", async (name, shown) => {
    await using test = await testThread(
      [answer(functionCall("request_user_input", { questions })), answer(message("ok"))],
      {
        features: ["collaboration_modes"],
      },
    );
    if (name !== "custom") await test.thread.submit({ type: "override_turn_context", ...mode(name) });
    await test.turn();
    expect(test.outputs()["call_1"]).toBe(`request_user_input is unavailable in ${shown} mode`);
  });

  it("without an answer says so", async () => {
    await using test = await testThread(
      [answer(functionCall("request_user_input", { questions })), answer(message("ok"))],
      {
        features: ["collaboration_modes"],
      },
    );
    await test.thread.submit({ type: "override_turn_context", ...mode("plan") });
    test.answer(() => ({ kind: "userInput", response: null }));
    await test.turn(say("go"));
    expect(test.outputs()["call_1"]).toBe("request_user_input was cancelled before receiving a response");
  });
});

/** The smallest picture: one pixel. */
function png(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.from([0, 255, 0, 0]));
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

describe("view_image", () => {
  /** @returns the tool's output, and the content of the message that follows it */
  async function look(
    path: string,
    bytes: Buffer | string | null,
  ): Promise<{ output: string; content: unknown; shown: unknown[] }> {
    await using test = await testThread([answer(functionCall("view_image", { path })), answer(message("ok"))]);
    if (bytes !== null) writeFileSync(join(test.home.workspace, path), bytes);
    const events = await test.turn();
    const input = test.model.requests[1]?.body["input"] as { type: string; content?: unknown }[];
    const last = input.at(-1);
    const place = (text: string): string => text.replaceAll(test.home.workspace, "/w");
    return {
      output: place(test.outputs()["call_1"] ?? ""),
      content: last?.type === "message" ? JSON.parse(place(JSON.stringify(last.content))) : null,
      shown: events.flatMap((event) =>
        event.type === "item.ended" && event.item.type === "imageView" ? [event.item.id] : [],
      ),
    };
  }

  it("puts the picture into a message of its own", async () => {
    const { output, content, shown } = await look("a.png", png());
    expect(output).toBe("attached local image path");
    expect(content).toEqual([{ type: "input_image", image_url: `data:image/png;base64,${png().toString("base64")}` }]);
    expect(shown).toEqual(["call_1"]);
  });

  it.each([
    {
      path: "a.txt",
      bytes: "text",
      text: "Codex could not read the local image at `/w/a.txt`: unsupported MIME type `text/plain`",
    },
    {
      path: "a.tiff",
      bytes: "II*\0",
      text: "Codex cannot attach image at `/w/a.tiff`: unsupported image format `image/tiff`.",
    },
    { path: "a.png", bytes: png().subarray(0, 40), text: "Image located at `/w/a.png` is invalid: " },
  ])("of $path tells the model why there is none", async ({ path, bytes, text }) => {
    const { output, content } = await look(path, typeof bytes === "string" ? bytes : Buffer.from(bytes));
    expect(output).toBe("attached local image path");
    expect(content).toEqual([{ type: "input_text", text: expect.stringContaining(text) }]);
  });

  it.each([
    { path: "none.png", text: "unable to locate image at `/w/none.png`: No such file or directory (os error 2)" },
    { path: "/etc", text: "image path `/etc` is not a file" },
  ])("refuses $path", async ({ path, text }) => {
    expect(await look(path, null)).toMatchObject({ output: text, content: null, shown: [] });
  });
});
