/** A runner that starts nothing: it remembers how it was asked, and answers as it is told. */

import type { CommandRunner, LiveEnd, RunOutcome, StartRequest } from "@codex-ts/core";

/** A fake runner with what it was asked to start. */
export interface FakeRunner extends CommandRunner {
  started: StartRequest[];
}

/** @param outcome how a start goes; by default it succeeds without output */
export function fakeRunner(outcome: (request: StartRequest) => Partial<RunOutcome> = () => ({})): FakeRunner {
  const started: StartRequest[] = [];
  const take = (request: StartRequest): RunOutcome => {
    started.push(request);
    return { ...SUCCESS, ...outcome(request) };
  };
  return {
    started,
    enforces: () => true,
    run: (request) => Promise.resolve(take(request)),
    open: (request, { onOutput }) => {
      const { exitCode, denied, aggregated, notices } = take(request);
      if (aggregated !== "") onOutput(Buffer.from(aggregated));
      const end: LiveEnd = { kind: "exited", exitCode, denied: () => denied, notices };
      return Promise.resolve({ write: () => undefined, end: () => undefined, ended: Promise.resolve(end) });
    },
  };
}

const SUCCESS: RunOutcome = {
  stdout: "",
  stderr: "",
  aggregated: "",
  exitCode: 0,
  durationMs: 1,
  timedOut: false,
  denied: false,
  notices: [],
};
