import { afterEach, expect, it, vi } from "vitest";
import { signalGroup } from "../src/signals.js";

afterEach(() => void vi.restoreAllMocks());

/** What the system answers to every signal. */
function systemSays(code: string): void {
  vi.spyOn(process, "kill").mockImplementation(() => {
    throw Object.assign(new Error(`kill ${code}`), { code });
  });
}

it.each(["ESRCH", "EPERM"])("a group that cannot be reached (%s) is no error", (code) => {
  systemSays(code);
  expect(() => signalGroup(1234, "SIGKILL")).not.toThrow();
});

it("a signal that makes no sense is one", () => {
  systemSays("EINVAL");
  expect(() => signalGroup(1234, "SIGKILL")).toThrow("EINVAL");
});
