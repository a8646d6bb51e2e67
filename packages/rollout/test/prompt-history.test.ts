import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { promptHistory, PromptHistoryBusyError } from "../src/index.js";
import { useHome } from "./session-home.js";
import { ID } from "./session-lines.js";

const home = useHome();
const file = () => join(home.path, "history.jsonl");
const prompt = (text: string) => ({ session_id: ID, ts: 1795193678, text });
const lines = () => readFileSync(file(), "utf8").split("\n").slice(0, -1);

describe("the prompt history", () => {
  it("is made with the first prompt, for this user only, one line per prompt", async () => {
    const history = promptHistory(home.path);
    expect(history.info()).toEqual({ logId: 0, entryCount: 0 });
    expect(history.entry(0, 0)).toBeNull();
    await history.append(prompt("a\nb"));
    expect(readFileSync(file(), "utf8")).toBe(`{"session_id":"${ID}","ts":1795193678,"text":"a\\nb"}\n`);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it("closes a file that others could read", async () => {
    writeFileSync(file(), "");
    chmodSync(file(), 0o644);
    await promptHistory(home.path).append(prompt("a"));
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it("finds entries by line in the file they were counted in", async () => {
    const history = promptHistory(home.path);
    for (const text of ["a", "b", "c"]) await history.append(prompt(text));
    const { logId, entryCount } = history.info();
    expect([Number.isSafeInteger(logId), entryCount]).toEqual([true, 3]);
    expect(history.entry(logId, 1)).toEqual(prompt("b"));
    expect(history.entry(0, 2)).toEqual(prompt("c"));
    expect(history.entry(logId + 1, 1)).toBeNull();
    expect(history.entry(logId, 3)).toBeNull();
    await promptHistory(home.path).append(prompt("d"));
    expect(history.entry(logId, 3)).toEqual(prompt("d"));
  });

  it("is not counted when that would take long, or forever", () => {
    writeFileSync(file(), "x\n");
    truncateSync(file(), 8 * 2 ** 20);
    expect(promptHistory(home.path).info().entryCount).toBe(1);
    truncateSync(file(), 8 * 2 ** 20 + 1);
    expect(promptHistory(home.path).info()).toEqual({ logId: 0, entryCount: 0 });
    rmSync(file());
    mkdirSync(file());
    expect(promptHistory(home.path).info()).toEqual({ logId: 0, entryCount: 0 });
  });

  it.each(["garbage", "1", "{}", '{"session_id":1,"ts":1,"text":"x"}'])(
    "gives nothing for the line %s",
    async (bad) => {
      writeFileSync(file(), `${bad}\n`);
      const history = promptHistory(home.path);
      await history.append(prompt("good"));
      expect(history.entry(0, 0)).toBeNull();
      expect(history.entry(0, 1)).toEqual(prompt("good"));
    },
  );

  const size = JSON.stringify(prompt("00")).length + 1;
  it.each<[string, number, number, string[]]>([
    ["no limit", 0, 10, ["00", "01", "02", "03", "04", "05", "06", "07", "08", "09"]],
    ["room for all", size * 10, 10, ["00", "01", "02", "03", "04", "05", "06", "07", "08", "09"]],
    ["one line too many: down to four fifths", size * 9, 10, ["03", "04", "05", "06", "07", "08", "09"]],
    ["less than a line: the newest stays", 5, 3, ["02"]],
  ])("with %s keeps what it should", async (_name, maxBytes, count, kept) => {
    const history = promptHistory(home.path);
    for (let n = 0; n < count; n++) await history.append(prompt(String(n).padStart(2, "0")), maxBytes);
    expect(lines().map((line) => JSON.parse(line).text)).toEqual(kept);
  });

  it("has another id after trimming, so that old line numbers find nothing", async () => {
    const history = promptHistory(home.path);
    for (const text of ["00", "01", "02"]) await history.append(prompt(text));
    const before = history.info();
    await history.append(prompt("03"), size * 3);
    expect(history.info().logId).not.toBe(before.logId);
    expect(history.entry(before.logId, 0)).toBeNull();
    expect(history.entry(history.info().logId, 0)).toEqual(prompt("02"));
  });

  it("is another one after each trim, also when the system gives its file an old number", async () => {
    const ids: number[] = [];
    for (let n = 0; n < 12; n++) {
      await promptHistory(home.path).append(prompt(String(n).padStart(2, "0")), 1);
      ids.push(promptHistory(home.path).info().logId);
    }
    expect(new Set(ids).size).toBe(12);
    expect(ids.map((id) => promptHistory(home.path).entry(id, 0)?.text ?? null)).toEqual([
      ...Array.from({ length: 11 }, () => null),
      "11",
    ]);
  });

  it("is read again from its start when another program trimmed it in place", async () => {
    const history = promptHistory(home.path);
    for (const text of ["a", "b"]) await history.append(prompt(text));
    const before = history.info();
    writeFileSync(file(), ["b, long", "c"].map((text) => `${JSON.stringify(prompt(text))}\n`).join(""));
    expect(history.entry(before.logId, 1)).toBeNull();
    expect(history.entry(0, 1)).toEqual(prompt("c"));
  });

  it("loses no prompt behind a line that was cut off", async () => {
    const history = promptHistory(home.path);
    await history.append(prompt("a"));
    appendFileSync(file(), '{"session_id":"');
    await history.append(prompt("b"));
    expect([0, 1, 2].map((line) => history.entry(0, line)?.text ?? null)).toEqual(["a", null, "b"]);
  });

  it("is written by many at once without losing a line", async () => {
    await Promise.all(Array.from({ length: 5 }, (_, n) => promptHistory(home.path).append(prompt(String(n)))));
    expect(
      lines()
        .map((line) => JSON.parse(line).text)
        .toSorted(),
    ).toEqual(["0", "1", "2", "3", "4"]);
  });

  it("gives up on a lock that a living process keeps", { timeout: 10_000 }, async () => {
    const { holder } = await heldLock();
    await expect(promptHistory(home.path).append(prompt("x"))).rejects.toThrow(PromptHistoryBusyError);
    expect(holder).toBe(process.ppid);
  });

  async function heldLock(): Promise<{ holder: number }> {
    const { hostname } = await import("node:os");
    writeFileSync(`${file()}.lock`, JSON.stringify({ pid: process.ppid, start: "", host: hostname() }));
    return { holder: process.ppid };
  }
});
