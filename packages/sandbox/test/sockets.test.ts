/** Sockets of programs outside, and what commands without a network do to reach them. */

import { mkdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SandboxPolicy } from "@codex-ts/protocol";
import type { SandboxRequest } from "../src/index.js";
import { missingPrograms } from "./escape/world.js";
import { type Around, makePlace, type Place } from "./fixtures/run-driver.js";

const missing = process.platform === "linux" ? missingPrograms() : ["Linux"];
const root = process.getuid?.() === 0;
if (missing.length > 0 || !root) {
  process.stderr.write(`sockets are not tried here: they need root and ${missing.join(", ") || "nothing else"}\n`);
}

/**
 * Listens on every socket it is given (as if for a while: new ones are not covered) while the rest of its arguments run,
 * in a network of their own, so that the sandboxes of tests beside this one do not try to cover what comes and goes here.
 */
function listeningOn(sockets: readonly string[]): Around {
  const script = `
    use Socket;
    while ((my $p = shift @ARGV) ne "--") {
      socket(my $s, AF_UNIX, SOCK_STREAM, 0); bind($s, pack_sockaddr_un($p)) or die "$p: $!"; listen($s, 99); chmod 0777, $p; utime 1, 1, $p; push @keep, $s;
    }
    exit system @ARGV`;
  return ["unshare", "--net", "perl", "-e", script, ...sockets, "--"];
}

/** Prints which of the sockets answer. */
const REACHED = `use Socket; for (@ARGV) { socket(my $s, AF_UNIX, SOCK_STREAM, 0); print "$_\\n" if connect($s, pack_sockaddr_un($_)) }`;

describe.skipIf(missing.length > 0 || !root)("sockets of programs outside", () => {
  let place: Place;
  beforeAll(() => {
    place = makePlace();
  }, 60_000);
  afterAll(() => place.remove());

  const reaching = (sockets: readonly string[], policy: SandboxPolicy): SandboxRequest =>
    place.request("", { argv: ["perl", "-e", REACHED, ...sockets], policy });

  it("stay covered when a command has tried to move their folder away", async () => {
    const policy = { type: "workspace-write", exclude_slash_tmp: true } as const;
    mkdirSync(path.join(place.work, "server", "inner"), { recursive: true });
    const results = await place.run(
      {
        backend: "bubblewrap",
        requests: [
          place.request(`mv server moved; mv server/inner server/moved; echo tried`, { policy }),
          reaching(["server/inner/s", "moved/inner/s", "server/moved/s"], policy),
        ],
      },
      "root",
      listeningOn([path.join(place.work, "server", "inner", "s")]),
    );
    expect(results).toMatchObject([
      { backend: "bubblewrap", stdout: "tried\n" },
      { backend: "bubblewrap", stdout: "", outcome: { code: 0 } },
    ]);
  });

  const many = (name: string, count: number): string[] => {
    mkdirSync(path.join(place.work, name));
    return Array.from({ length: count }, (_, index) => path.join(place.work, name, String(index)));
  };

  it("are covered also where there are hundreds", async () => {
    const sockets = many("hundreds", 400);
    const request = reaching(sockets, { type: "workspace-write" });
    const results = await place.run({ backend: "bubblewrap", requests: [request] }, "root", listeningOn(sockets));
    expect(results).toMatchObject([{ backend: "bubblewrap", stdout: "", outcome: { code: 0 } }]);
  });

  it("are a reason to refuse where there are too many to cover", async () => {
    // All in one run: this shell may keep few files open.
    const sockets = many("thousands", 1001);
    const around = ["sh", "-c", 'ulimit -n 4096; exec "$@"', "sh", ...listeningOn(sockets)];
    const request = reaching(sockets, { type: "workspace-write" });
    const refused = place.run({ backend: "bubblewrap", requests: [request] }, "root", around);
    expect(await refused).toMatchObject([
      { backend: "refused", outcome: expect.stringContaining("listen on 1001 sockets, more than can be covered") },
    ]);
  });
});
