/** A command that goes on by itself, opened once more because its sandbox could not be made. */

import { describe, expect, it } from "vitest";
import type { LiveCommand, LiveEnd } from "../../src/execution/command-runner.js";
import { withSecondTry } from "../../src/execution/sessions/second-try.js";

const NO_SANDBOX: LiveEnd = { kind: "notStarted", setup: true, reason: "no sandbox" };
const EXITED: LiveEnd = { kind: "exited", exitCode: 0, denied: () => false, notices: [] };

/** Ends only when it is told to. */
function running(): LiveCommand {
  const end = Promise.withResolvers<LiveEnd>();
  return { write: () => undefined, end: () => end.resolve(EXITED), ended: end.promise };
}

/** Its sandbox could not be made. */
function failed(): LiveCommand {
  return { write: () => undefined, end: () => undefined, ended: Promise.resolve(NO_SANDBOX) };
}

describe("the second try of a command", () => {
  it("is ended when that was asked for while it was opened", async () => {
    const opening = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<LiveCommand>();
    const command = withSecondTry(failed(), () => {
      opening.resolve();
      return opened.promise;
    });
    await opening.promise;
    command.end();
    opened.resolve(running());
    expect(await command.ended).toBe(EXITED);
  });

  it("is not begun by then where that can be helped", async () => {
    const opening = Promise.withResolvers<void>();
    const planned = Promise.withResolvers<void>();
    const command = withSecondTry(failed(), async (unwanted) => {
      opening.resolve();
      await planned.promise;
      return unwanted.aborted ? null : running();
    });
    await opening.promise;
    command.end();
    planned.resolve();
    expect(await command.ended).toBe(NO_SANDBOX);
  });

  it("is not made of a command that was told to end before", async () => {
    const first = Promise.withResolvers<LiveEnd>();
    const command = withSecondTry({ ...failed(), ended: first.promise }, () => Promise.reject(new Error("opened")));
    command.end();
    first.resolve(NO_SANDBOX);
    expect(await command.ended).toBe(NO_SANDBOX);
  });
});
