import { describe, expect, it } from "vitest";
import { configuredHeaders } from "@codex-ts/mcp-client";
import { bearerToken } from "../src/transport/http-headers.js";
import { serverEnvironment } from "../src/transport/server-environment.js";
import { windowsCall } from "../src/transport/windows-program.js";

const own = {
  PATH: "/bin",
  HOME: "/home/me",
  OPENAI_API_KEY: "secret",
  EXTRA: "x",
  LANG: "C",
  NODE_OPTIONS: "--inspect",
};

describe("the environment of a server", () => {
  it("has what programs need, and no secrets", () => {
    expect(serverEnvironment({ env: null, envVars: [] }, own, "linux")).toEqual({
      PATH: "/bin",
      HOME: "/home/me",
      LANG: "C",
    });
  });

  it("has the variables that the config names, those with values last", () => {
    const environment = serverEnvironment(
      { env: { PATH: "/other", A: "1" }, envVars: ["EXTRA", "MISSING", "A"] },
      { ...own, A: "0" },
      "linux",
    );
    expect(environment).toEqual({ PATH: "/other", HOME: "/home/me", LANG: "C", EXTRA: "x", A: "1" });
  });

  it("finds variables on Windows however they are written", () => {
    const environment = serverEnvironment(
      { env: null, envVars: [] },
      { Path: "C:\\bin", SystemRoot: "C:\\W", HOME: "x" },
      "win32",
    );
    expect(environment).toEqual({ PATH: "C:\\bin", SYSTEMROOT: "C:\\W" });
  });
});

describe("a program on Windows", () => {
  const files = new Set(["C:\\node\\npx.cmd", "C:\\tools\\srv.exe"]);
  const env = { PATH: "C:\\node;C:\\tools", PATHEXT: ".EXE;.CMD", COMSPEC: "C:\\W\\cmd.exe" };
  const call = (command: string, args: string[]): unknown => windowsCall(command, args, env, (path) => files.has(path));

  it("is found with the extensions that make programs", () => {
    expect(call("srv", ["a b"])).toEqual({ command: "C:\\tools\\srv.exe", args: ["a b"], verbatim: false });
  });

  it("goes through the interpreter when it is a script, with nothing left to interpret", () => {
    expect(call("npx", ["-y", "a b", 'c"d', "x&calc"])).toEqual({
      command: "C:\\W\\cmd.exe",
      args: ["/d", "/s", "/c", '"C:\\node\\npx.cmd -y ^"a^ b^" ^"c\\^"d^" x^&calc"'],
      verbatim: true,
    });
  });

  it("is left as it is when it cannot be found", () => {
    expect(call("nowhere", [])).toEqual({ command: "nowhere", args: [], verbatim: false });
  });
});

describe("configured headers", () => {
  it("are the static ones and those from variables that are set", () => {
    const log: string[] = [];
    const transport = {
      httpHeaders: { "X-A": "1", "bad name": "x", "X-B": "line\nbreak" },
      envHttpHeaders: { "X-E": "E", "X-M": "MISSING", "X-Blank": "BLANK" },
    };
    const headers = configuredHeaders(transport, { E: "e", BLANK: "  " }, (_level, text) => log.push(text));
    expect(headers).toEqual({ "X-A": "1", "X-E": "e" });
    expect(log).toHaveLength(2);
  });

  it.each([
    [{}, "Environment variable TOK for MCP server 'srv' is not set"],
    [{ TOK: "" }, "Environment variable TOK for MCP server 'srv' is empty"],
  ])("need a token: %o", (env, message) => {
    expect(() => bearerToken("srv", "TOK", env)).toThrow(message);
  });
});
