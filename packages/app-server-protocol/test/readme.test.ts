import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createClient, formFor, readRequest } from "./readme-examples.js";

const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
const source = readFileSync(join(import.meta.dirname, "readme-examples.ts"), "utf8");

it.each(["validate", "client", "form"])(
  "the example %s in the README is the one that is checked and run here",
  (name) => {
    const [, code] = new RegExp(`// #region ${name}\n(.*?)\n// #endregion`, "s").exec(source) ?? [];
    const published = code
      ?.replaceAll('"../src/index.js"', '"@codex-ts/app-server-protocol"')
      .replaceAll('"../src/bindings-entry.js"', '"@codex-ts/app-server-protocol/bindings"');
    expect(readme).toContain(published);
  },
);

it.each([
  ['{"id":1,"method":"turn/start","params":{"threadId":"T","input":[]}}', "a turn in T"],
  ['{"id":1,"method":"account/logout"}', "account/logout"],
  ['{"method":"initialized"}', "a notification"],
  [
    '{"id":1,"method":"turn/start","params":{"threadId":7,"input":[]}}',
    "refused: invalid type: integer `7`, expected a string (at params.threadId)",
  ],
])("a line is validated: %s", (line, said) => {
  expect(readRequest(line)).toBe(said);
});

it("a client gets the typed result of its request", async () => {
  const sent: string[] = [];
  const client = createClient((line) => sent.push(line));
  const result = client.request("thread/loaded/list", {});
  expect(sent).toEqual(['{"method":"thread/loaded/list","id":1,"params":{}}']);
  client.receive('{"method":"warning"}');
  client.receive('{"id":1,"result":{"data":["T"],"nextCursor":null}}');
  expect((await result).data).toEqual(["T"]);
});

it("a form has a field for each parameter", () => {
  expect(formFor("v2.ThreadRollbackParams")).toEqual(
    ["threadId: text (required)", "numTurns: json (required)"].sort().reverse(),
  );
  expect(formFor("v2.ThreadReadParams")).toContain("includeTurns: checkbox");
});
