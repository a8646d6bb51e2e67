/** Reads from the system log what macOS's sandbox refused to one command. Pure but for `watchDenials`. */

import { spawn } from "node:child_process";

/** One kind of refusal; the same one is reported once. */
export interface Denial {
  process: string;
  capability: string;
}

/** Kernel messages of the sandbox, as `log stream --predicate` takes them. */
const PREDICATE =
  '(((processID == 0) AND (senderImagePath CONTAINS "/Sandbox")) OR (subsystem == "com.apple.sandbox.reporting"))';

/** The arguments of /usr/bin/log. */
export const LOG_ARGUMENTS = ["stream", "--style", "ndjson", "--predicate", PREDICATE] as const;

/** `Sandbox: NAME(PID) deny(N) CAPABILITY`, then the text that the profile attaches to its refusals. */
const MESSAGE = /^Sandbox: (?<process>.+?)\(\d+\) deny\(\d+\) (?<capability>[^\n]+)/;

/**
 * @param line one line of `log stream --style ndjson`
 * @param tag the text that this run's profile attaches; refusals of other runs do not carry it
 */
export function parseDenial(line: string, tag: string): Denial | undefined {
  const text = eventMessage(line);
  const groups = text.includes(tag) ? MESSAGE.exec(text)?.groups : undefined;
  const capability = groups?.["capability"]?.replace(tag, "").trim();
  return groups?.["process"] === undefined || capability === undefined
    ? undefined
    : { process: groups["process"], capability };
}

/** What `--log-denials` prints after the command's end. */
export function denialReport(denials: readonly Denial[]): string {
  const lines = [...new Set(denials.map(({ process, capability }) => `(${process}) ${capability}`))];
  return `\n=== Sandbox denials ===\n${lines.length === 0 ? "None found." : lines.join("\n")}\n`;
}

/** Watches the log until `stop`, which waits for what the command's last moments left in it. */
export function watchDenials(tag: string): { stop(): Promise<Denial[]> } {
  const log = spawn("/usr/bin/log", LOG_ARGUMENTS, { stdio: ["ignore", "pipe", "ignore"] });
  const chunks: Buffer[] = [];
  log.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  // Without the log there is nothing to report, and the command itself is not concerned.
  log.on("error", () => undefined);
  return {
    async stop() {
      await new Promise((resolve) => setTimeout(resolve, LOG_DELAY_MS));
      log.kill();
      const lines = Buffer.concat(chunks).toString("utf8").split("\n");
      return lines.flatMap((line) => parseDenial(line, tag) ?? []);
    },
  };
}

/** How long the system takes to write a message down. */
const LOG_DELAY_MS = 300;

function eventMessage(line: string): string {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === "object" && parsed !== null && "eventMessage" in parsed ? String(parsed.eventMessage) : "";
  } catch {
    // The first line is a heading, the last may be cut.
    return "";
  }
}
