/** The screen: lines in their order, and on a terminal a line about waits that never stays. */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Screen } from "../src/human/screen.js";

/** A screen and what it wrote. */
function open(columns: number | null): { screen: Screen; text: () => string } {
  let text = "";
  const terminal = columns === null ? null : { columns: () => columns, dim: (words: string) => words };
  return { screen: new Screen({ write: (more) => (text += more), terminal }), text: () => text };
}

/** What a terminal would show: lines that were written over are gone. */
function shown(text: string): string {
  return text
    .split("\n")
    .map((line) => line.split("\r").at(-1)?.replaceAll("\u001b[K", "") ?? "")
    .join("\n");
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("a line whose end comes later", () => {
  it("is finished in its place", () => {
    const { screen, text } = open(null);
    screen.open("1", "cmd");
    screen.close("1", "done", "cmd");
    expect(text()).toBe("cmd done\n");
  });

  it("is said again when something came in between", () => {
    const { screen, text } = open(null);
    screen.open("1", "cmd one");
    screen.open("2", "cmd two");
    screen.close("1", "done", "cmd one");
    screen.line("more");
    screen.close("2", "failed", "cmd two");
    expect(text()).toBe("cmd one\ncmd two\ncmd one done\nmore\ncmd two failed\n");
  });

  it("ends with the output, also when its end never came", () => {
    const { screen, text } = open(null);
    screen.open("1", "cmd");
    screen.end();
    expect(text()).toBe("cmd\n");
  });
});

describe("the line about a wait", () => {
  it("comes after a moment of silence, counts, and is gone with the next line", () => {
    const { screen, text } = open(80);
    screen.line("before");
    screen.busy("Working");
    vi.advanceTimersByTime(150);
    expect(text()).toBe("before\n");
    vi.advanceTimersByTime(2_000);
    expect(shown(text())).toMatch(/^before\n. Working 2s · Ctrl-C stops$/);
    screen.line("after");
    expect(shown(text())).toBe("before\nafter\n");
  });

  it("takes the place of a line's end, which then has a line of its own", () => {
    const { screen, text } = open(80);
    screen.open("1", "cmd");
    screen.busy("Running cmd");
    vi.advanceTimersByTime(1_000);
    screen.close("1", "done", "cmd");
    expect(shown(text())).toBe("cmd\ndone\n");
  });

  it("is no wider than the terminal", () => {
    const { screen, text } = open(20);
    screen.busy("Running something very long");
    vi.advanceTimersByTime(1_000);
    expect(shown(text())).toMatch(/^. Running somethin…$/);
  });

  it("is nothing for files, and stops at the end", () => {
    const file = open(null);
    file.screen.busy("Working");
    const terminal = open(80);
    terminal.screen.busy("Working");
    vi.advanceTimersByTime(1_000);
    terminal.screen.end();
    const before = terminal.text();
    vi.advanceTimersByTime(5_000);
    expect(file.text()).toBe("");
    expect(terminal.text()).toBe(before);
    expect(shown(before)).toBe("");
    expect(vi.getTimerCount()).toBe(0);
  });
});

it("a new section has a blank line in front of it on a terminal only", () => {
  const file = open(null);
  const terminal = open(80);
  for (const { screen } of [file, terminal]) {
    screen.line("a");
    screen.section("b");
  }
  expect(file.text()).toBe("a\nb\n");
  expect(terminal.text()).toBe("a\n\nb\n");
});
