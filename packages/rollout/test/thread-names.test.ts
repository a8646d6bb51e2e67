import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { allThreadNames, nameThread, ThreadNameError, threadNames, threadsNamed } from "../src/index.js";
import { useHome } from "./session-home.js";
import { NOW } from "./session-lines.js";

const home = useHome();
const file = () => join(home.path, "session_index.jsonl");
const id = (n: number) => `01a1f9d5-2f01-76c3-af40-${String(n).padStart(12, "0")}`;
const give = (n: number, name: string) => nameThread({ codexHome: home.path, id: id(n), name, now: NOW });
const names = (...ns: number[]) => [...threadNames(home.path, ns.map(id)).values()];

describe("names of threads", () => {
  it("are lines of the form that newer originals write, for this user only", () => {
    expect(give(1, "release notes")).toBe("release notes");
    expect(readFileSync(file(), "utf8")).toBe(
      `{"id":"${id(1)}","thread_name":"release notes","updated_at":"${NOW.toISOString()}"}\n`,
    );
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    chmodSync(file(), 0o644);
    give(1, "again");
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it("are none without a file, and with an empty one", () => {
    expect([names(1), threadsNamed(home.path, "a")]).toEqual([[], []]);
    writeFileSync(file(), "");
    expect([names(1), threadsNamed(home.path, "a")]).toEqual([[], []]);
  });

  it("are found by id and by exact name; the last one given counts", () => {
    give(1, "a");
    give(2, "b");
    give(3, "a");
    give(1, "c");
    give(2, "a");
    expect(names(1, 2, 3, 4).toSorted()).toEqual(["a", "a", "c"]);
    expect(names()).toEqual([]);
    expect(threadsNamed(home.path, "a")).toEqual([id(2), id(3)]);
    expect(threadsNamed(home.path, " c\n")).toEqual([id(1)]);
    for (const other of ["b", "A", "a a", "", " "]) expect(threadsNamed(home.path, other)).toEqual([]);
    expect(allThreadNames(home.path)).toEqual(
      new Map([
        [id(1), "c"],
        [id(2), "a"],
        [id(3), "a"],
      ]),
    );
    expect(threadNames(home.path, [id(1).toUpperCase()])).toEqual(new Map([[id(1).toUpperCase(), "c"]]));
  });

  it.each([
    ["  a b  ", "a b"],
    ["two\r\nlines", "two lines"],
    ["\u001b[31mred\u0007", "[31mred"],
    ["a\u2028b", "a b"],
    ["half a pair \ud83d", "half a pair \ufffd"],
    ["\u{1f680} größer", "\u{1f680} größer"],
  ])("%j is kept as %j", (given, kept) => {
    expect(give(1, given)).toBe(kept);
    expect(names(1)).toEqual([kept]);
    expect(threadsNamed(home.path, given)).toEqual([id(1)]);
  });

  it.each(["", "  ", "\n\u0000"])("%j is none", (given) => {
    expect(() => give(1, given)).toThrow(ThreadNameError);
    expect(names(1)).toEqual([]);
  });

  it.each([
    "garbage",
    "",
    "1",
    "null",
    "{}",
    '{"id":1,"thread_name":"x"}',
    `{"id":"${id(1)}","thread_name":7}`,
    `{"id":"${id(1)}"`,
  ])("are found beside the line %s", (bad) => {
    give(1, "before");
    give(2, "other");
    writeFileSync(file(), `${bad}\n`, { flag: "a" });
    expect(names(1, 2)).toHaveLength(2);
    expect(threadsNamed(home.path, "before")).toEqual([id(1)]);
  });

  it("that another program wrote are shown as ours are", () => {
    writeFileSync(file(), `${JSON.stringify({ id: id(1), thread_name: " \u001b]0;x\u0007 ", updated_at: "" })}\n`);
    expect(names(1)).toEqual(["]0;x"]);
    expect(threadsNamed(home.path, "]0;x")).toEqual([id(1)]);
  });

  it("are not glued to a line that was cut off", () => {
    give(1, "a");
    writeFileSync(file(), '{"id":"', { flag: "a" });
    give(2, "b");
    expect(names(1, 2)).toHaveLength(2);
  });

  it("were taken away where the last line's name is empty", () => {
    give(1, "a");
    writeFileSync(file(), `${JSON.stringify({ id: id(1), thread_name: "", updated_at: "" })}\n`, { flag: "a" });
    expect([names(1), threadsNamed(home.path, "a"), threadsNamed(home.path, "")]).toEqual([[], [], []]);
  });

  it("are read from files of any length, with lines longer than a piece and characters between two pieces", () => {
    const long = "ä".repeat(100_001);
    give(1, "first");
    give(2, long);
    for (let n = 3; n < 1_000; n++) give(n, `ö${n}`);
    expect(names(1, 2, 3, 500, 999).toSorted()).toEqual(["first", long, "ö3", "ö500", "ö999"].toSorted());
    expect(threadsNamed(home.path, long)).toEqual([id(2)]);
  });
});
