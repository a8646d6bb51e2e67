/** A throw-away Codex home for each test. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { RecordingProblem } from "../src/index.js";
import { NOW } from "./session-lines.js";

/** A home per test, with what writers reported. */
export function useHome(): { path: string; problems: RecordingProblem[] } {
  const home: { path: string; problems: RecordingProblem[] } = { path: "", problems: [] };
  beforeEach(() => {
    home.path = mkdtempSync(join(tmpdir(), "rollout-"));
    home.problems = [];
  });
  afterEach(() => rmSync(home.path, { recursive: true, force: true }));
  return home;
}

/** What `createRollout` and `openRollout` need besides the session. */
export function writerOptions(home: { path: string; problems: RecordingProblem[] }) {
  return {
    codexHome: home.path,
    now: () => NOW,
    report: (problem: RecordingProblem) => void home.problems.push(problem),
  };
}
