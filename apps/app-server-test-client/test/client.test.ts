/** The client of a server that is gone. */

import { expect, it } from "vitest";
import { AppServerClient, ServerGoneError } from "../src/client/app-server-client.js";

it("refuses requests once the server has ended, as it does those that waited then", async () => {
  const client = new AppServerClient({
    command: [process.execPath, "--eval", "process.exit(3)"],
    cwd: process.cwd(),
    env: process.env,
    onLine: () => undefined,
    onStderr: () => undefined,
    onRequest: () => undefined,
  });
  const gone = new ServerGoneError("the server ended with code 3");
  await expect(client.request("getUserAgent", null)).rejects.toThrow(gone);
  await expect(client.request("getUserAgent", null)).rejects.toThrow(gone);
  await expect(client.next(() => true)).rejects.toThrow(gone);
  await expect(client.close()).resolves.toBe(3);
});
