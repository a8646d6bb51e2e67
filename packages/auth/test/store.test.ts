import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";
import { AuthManager, KeyringError, type Keyring, type StoreMode } from "../src/index.js";
import { commandKeyring, type KeyringCommand } from "../src/store/keyring-command.js";
import { loginAccount } from "../src/store/keyring.js";
import { nativeKeyring } from "../src/store/open-keyring.js";
import { chatgptJson, tempHome } from "./issuer.js";

/** A keyring in memory. */
function memoryKeyring(entries = new Map<string, string>()): Keyring & { entries: Map<string, string> } {
  const key = (service: string, account: string): string => `${service}/${account}`;
  return {
    entries,
    get: async (service, account) => entries.get(key(service, account)) ?? null,
    set: async (service, account, secret) => void entries.set(key(service, account), secret),
    delete: async (service, account) => entries.delete(key(service, account)),
  };
}

const noKeyring = async (): Promise<Keyring> => {
  throw new KeyringError("Platform secure storage failure: no secret service provider or dbus session found");
};

function manager(
  codexHome: string,
  storeMode: StoreMode,
  openKeyring: () => Promise<Keyring> = noKeyring,
): AuthManager {
  return new AuthManager({ codexHome, env: {}, storeMode, openKeyring });
}

describe("the file", () => {
  it("of an API key login is what the original writes, for its owner only", async () => {
    const home = tempHome();
    await manager(home, "file").loginWithApiKey("sk-test-key");
    const file = join(home, "auth.json");
    expect(readFileSync(file, "utf8")).toBe('{\n  "OPENAI_API_KEY": "sk-test-key"\n}');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(home)).toEqual(["auth.json"]);
  });

  it("is made in a home that does not exist yet", async () => {
    const home = join(tempHome(), "new");
    await manager(home, "file").loginWithApiKey("sk");
    expect(await manager(home, "file").account()).toEqual({ type: "apiKey" });
  });

  it("that was open to others is closed when it is replaced", async () => {
    const home = tempHome();
    writeFileSync(join(home, "auth.json"), "{}", { mode: 0o644 });
    await manager(home, "file").loginWithApiKey("sk");
    expect(statSync(join(home, "auth.json")).mode & 0o777).toBe(0o600);
  });

  it("stays as it was when the new one cannot be written", async () => {
    const home = tempHome();
    const file = join(home, "auth.json");
    mkdirSync(file);
    await expect(manager(home, "file").loginWithApiKey("sk")).rejects.toThrow("EISDIR");
    expect(readdirSync(home)).toEqual(["auth.json"]);
  });

  it("is removed by logging out, once", async () => {
    const home = tempHome();
    const auth = manager(home, "file");
    await auth.loginWithApiKey("sk");
    expect([await auth.logout(), await auth.logout(), existsSync(join(home, "auth.json"))]).toEqual([
      true,
      false,
      false,
    ]);
    expect(await auth.credentials()).toBe(null);
  });
});

describe("the keyring", () => {
  it("holds the login as compact JSON under the account of the home, and the file is gone", async () => {
    const home = tempHome();
    writeFileSync(join(home, "auth.json"), "{}");
    const keyring = memoryKeyring();
    const auth = manager(home, "keyring", async () => keyring);
    await auth.loginWithApiKey("sk");
    expect([...keyring.entries]).toEqual([[`Codex Auth/${await loginAccount(home)}`, '{"OPENAI_API_KEY":"sk"}']]);
    expect(await loginAccount(home)).toMatch(/^cli\|[0-9a-f]{16}$/);
    expect(existsSync(join(home, "auth.json"))).toBe(false);
    expect(await manager(home, "keyring", async () => keyring).account()).toEqual({ type: "apiKey" });
    expect([await auth.logout(), keyring.entries.size]).toEqual([true, 0]);
  });

  it("does not look at the file", async () => {
    const home = tempHome();
    writeFileSync(join(home, "auth.json"), '{"OPENAI_API_KEY":"sk"}');
    expect(await manager(home, "keyring", async () => memoryKeyring()).stored()).toBe(null);
  });

  it("says why it cannot be used", async () => {
    const auth = manager(tempHome(), "keyring");
    await expect(auth.stored()).rejects.toThrow(
      "failed to load CLI auth from keyring: Platform secure storage failure: no secret service provider or dbus session found",
    );
    await expect(auth.loginWithApiKey("sk")).rejects.toThrow(
      "failed to write OAuth tokens to keyring: Platform secure storage failure:",
    );
    await expect(auth.logout()).rejects.toThrow("failed to delete auth from keyring");
    expect(await auth.credentials()).toBe(null);
  });

  it("logging out without one still removes a file", async () => {
    const home = tempHome();
    writeFileSync(join(home, "auth.json"), '{"OPENAI_API_KEY":"sk"}');
    expect(await manager(home, "keyring").logout()).toBe(true);
    expect(existsSync(join(home, "auth.json"))).toBe(false);
  });
});

describe("auto", () => {
  it("prefers the keyring", async () => {
    const home = tempHome();
    const keyring = memoryKeyring();
    const auth = manager(home, "auto", async () => keyring);
    await auth.loginWithApiKey("sk");
    expect([keyring.entries.size, existsSync(join(home, "auth.json"))]).toEqual([1, false]);
  });

  it("reads the file when the keyring has no entry", async () => {
    const home = tempHome();
    writeFileSync(join(home, "auth.json"), chatgptJson("a", new Date()));
    expect(await manager(home, "auto", async () => memoryKeyring()).account()).toMatchObject({ type: "chatgpt" });
  });

  it("uses the file for a login that the keyring refuses, and goes on with it when the keyring has an older one", async () => {
    const home = tempHome();
    const { entries, set, delete: remove, get } = memoryKeyring();
    let locked = false;
    const refused = async () => {
      throw new KeyringError("locked");
    };
    const auth = manager(home, "auto", async () =>
      locked ? { get: refused, set: refused, delete: refused } : { get, set, delete: remove },
    );
    await auth.loginWithApiKey("old");
    locked = true;
    await auth.loginWithApiKey("new");
    locked = false;
    auth.reload();
    expect(await auth.credentials()).toEqual({ kind: "apiKey", token: "new", accountId: null });
    await auth.loginWithApiKey("newest");
    expect([entries.size, existsSync(join(home, "auth.json"))]).toEqual([1, false]);
    expect(await auth.credentials()).toMatchObject({ token: "newest" });
  });

  it("reads the keyring when the file has no login", async () => {
    const home = tempHome();
    const keyring = memoryKeyring();
    const auth = manager(home, "auto", async () => keyring);
    await auth.loginWithApiKey("sk");
    writeFileSync(join(home, "auth.json"), "{}");
    expect(await manager(home, "auto", async () => keyring).account()).toEqual({ type: "apiKey" });
  });

  it("uses the file where there is no keyring", async () => {
    const home = tempHome();
    const auth = manager(home, "auto");
    await auth.loginWithApiKey("sk");
    expect(readFileSync(join(home, "auth.json"), "utf8")).toContain('"sk"');
    expect(await auth.account()).toEqual({ type: "apiKey" });
    expect([await auth.logout(), await auth.logout()]).toEqual([true, false]);
  });
});

describe("the native package", () => {
  it("is reached through its entries, and its errors are ours", async () => {
    const secrets = new Map<string, string>();
    class AsyncEntry {
      readonly #name: string;
      constructor(service: string, account: string) {
        this.#name = `${service}/${account}`;
        if (service === "broken") {
          throw new Error("no bus");
        }
      }
      getPassword = async (): Promise<string | undefined> => secrets.get(this.#name);
      setPassword = async (secret: string): Promise<void> => void secrets.set(this.#name, secret);
      deletePassword = async (): Promise<boolean> => secrets.delete(this.#name);
    }
    const keyring = nativeKeyring({ AsyncEntry });
    await keyring.set("s", "a", "x");
    expect([await keyring.get("s", "a"), await keyring.delete("s", "a"), await keyring.get("s", "a")]).toEqual([
      "x",
      true,
      null,
    ]);
    await expect(keyring.get("broken", "a")).rejects.toThrow("Platform secure storage failure: no bus");
  });
});

describe("the system's command", () => {
  const secret = '{"OPENAI_API_KEY":"sk \\" x"}';

  function recorded(
    platform: NodeJS.Platform,
    code: number,
    stdout = "",
    stderr = "",
  ): { keyring: Keyring; commands: KeyringCommand[] } {
    const commands: KeyringCommand[] = [];
    const keyring = commandKeyring(platform, async (command) => {
      commands.push(command);
      return { code, stdout, stderr };
    });
    if (keyring === null) {
      throw new Error(`no keyring command on ${platform}`);
    }
    return { keyring, commands };
  }

  it("never gets the secret as an argument", async () => {
    for (const platform of ["linux", "darwin"] as const) {
      const { keyring, commands } = recorded(platform, 0);
      await keyring.set("Codex Auth", "cli|0", secret);
      expect(commands.map(({ argv }) => argv.join(" ")).join("\n")).not.toContain("sk");
      const hex = Buffer.from(secret).toString("hex");
      expect(commands[0]?.input).toBe(
        platform === "linux" ? secret : `add-generic-password -U -s "Codex Auth" -a "cli|0" -X ${hex}\n`,
      );
    }
  });

  it("is not given a line that `security` would cut", async () => {
    const { keyring, commands } = recorded("darwin", 0);
    await keyring.set("Codex Auth", "cli|0", "x".repeat(1900));
    await expect(keyring.set("Codex Auth", "cli|0", "x".repeat(2000))).rejects.toThrow(
      'too long for the `security` command; set cli_auth_credentials_store (for MCP servers: mcp_oauth_credentials_store) to "auto" or "file"',
    );
    expect(commands.map(({ input }) => input.length < 4096)).toEqual([true]);
  });

  it.each<[NodeJS.Platform, string[]]>([
    ["linux", ["secret-tool", "lookup", "service", "S", "username", "a"]],
    ["darwin", ["security", "find-generic-password", "-s", "S", "-a", "a", "-w"]],
  ])("on %s looks the secret up", async (platform, argv) => {
    const { keyring, commands } = recorded(platform, 0, platform === "darwin" ? "secret\n" : "secret");
    expect(await keyring.get("S", "a")).toBe("secret");
    expect(commands).toEqual([{ argv, input: "" }]);
  });

  it.each<[NodeJS.Platform, number, string, string | null]>([
    ["linux", 1, "", null],
    ["darwin", 44, "The specified item could not be found in the keychain.", null],
    ["linux", 1, "Cannot autolaunch D-Bus", "Cannot autolaunch D-Bus"],
    ["darwin", 36, "User interaction is not allowed.", "User interaction is not allowed."],
  ])("on %s, code %i with %j", async (platform, code, stderr, problem) => {
    const { keyring } = recorded(platform, code, "", stderr);
    const looked = keyring
      .get("S", "a")
      .catch((error: unknown) => (error instanceof KeyringError ? error.message : "another error"));
    expect(await looked).toBe(problem === null ? null : `Platform secure storage failure: ${problem}`);
  });

  it("does not exist on Windows", () => {
    expect(commandKeyring("win32")).toBe(null);
  });

  it("works for real with a secret-tool in the PATH", async () => {
    const home = tempHome();
    const script = `#!/bin/sh\ncase "$1" in store) cat > "${home}/secret";; lookup) [ -f "${home}/secret" ] && cat "${home}/secret";; clear) rm "${home}/secret";; esac\n`;
    writeFileSync(join(home, "secret-tool"), script);
    chmodSync(join(home, "secret-tool"), 0o755);
    const path = process.env["PATH"];
    process.env["PATH"] = `${home}${delimiter}${path}`;
    try {
      const keyring = commandKeyring("linux");
      await keyring?.set("S", "a", secret);
      expect([await keyring?.get("S", "a"), await keyring?.delete("S", "a"), await keyring?.get("S", "a")]).toEqual([
        secret,
        true,
        null,
      ]);
    } finally {
      process.env["PATH"] = path;
    }
  });

  it("that is not installed is no keyring", async () => {
    const keyring = commandKeyring("linux", async () => {
      throw new Error("spawn secret-tool ENOENT");
    });
    await expect(keyring?.get("S", "a")).rejects.toThrow("cannot run secret-tool: spawn secret-tool ENOENT");
  });
});
