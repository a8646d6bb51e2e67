import { describe, expect, it } from "vitest";
import { mcpServerJson, readMcpServers } from "../src/index.js";

describe("servers that a client sends", () => {
  it("are read like those of config.toml; members that are null count as absent", () => {
    const sent = {
      docs: { command: "npx", args: ["-y"], env: null, startup_timeout_sec: 2.5 },
      far: { url: "https://h/mcp", enabled: false },
    };
    const servers = readMcpServers(sent, null);
    expect(servers.get("docs")).toMatchObject({
      transport: { type: "stdio", command: "npx", args: ["-y"], env: null },
      enabled: true,
      startupTimeoutSec: 2.5,
    });
    expect(servers.get("far")?.enabled).toBe(false);
    const again = Object.fromEntries([...servers].map(([name, server]) => [name, mcpServerJson(server)]));
    expect(readMcpServers(again, null)).toEqual(servers);
  });

  it.each([
    [{ x: {} }, "invalid transport"],
    [{ x: { command: "a", url: "b" } }, "url is not supported for stdio"],
    [{ x: 3 }, "expected"],
  ])("are refused when they make no sense: %j", (sent, message) => {
    expect(() => readMcpServers(sent, null)).toThrow(message);
  });

  it("are off where the administrator does not allow them", () => {
    const requirement = { source: "/etc/codex/requirements.toml", value: new Map() };
    expect(readMcpServers({ x: { command: "a" } }, requirement).get("x")).toMatchObject({
      enabled: false,
      disabledReason: "requirements (/etc/codex/requirements.toml)",
    });
  });
});
