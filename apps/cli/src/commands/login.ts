/** `codex login`, `codex login status` and `codex logout`. Everything they say goes to stderr. */

import {
  AuthManager,
  completeDeviceLogin,
  deviceCodePrompt,
  isHeadless,
  loginDisabledReason,
  loginStatus,
  openBrowser,
  requestDeviceCode,
  startBrowserLogin,
  type DeviceLoginOptions,
} from "@codex-ts/auth";
import { loadConfig, resolveCodexHome, type Config } from "@codex-ts/config";
import {
  cliOverrides,
  DEFAULT_ORIGINATOR,
  headerText,
  originatorFrom,
  userAgent,
  VERSION,
  type ParsedCommand,
  type ParsedLine,
  type Program,
} from "@codex-ts/launch";

/** Runs `login` or `login status`. @returns the exit code */
export async function runLogin(line: ParsedLine, program: Program): Promise<number> {
  const context = await openContext(line, program);
  if (line.path.at(-1)?.spec.name === "status") return await showStatus(context);
  const command = line.path.at(-1);
  if (command?.has("device-auth")) return await deviceLogin(command, context);
  if (command?.has("api-key")) {
    return refuse(
      context,
      `The --api-key flag is no longer supported. Pipe the key instead, e.g. \`${PIPE_EXAMPLE}\`.`,
    );
  }
  if (command?.has("with-api-key")) return await apiKeyLogin(context);
  return await browserLogin(context);
}

/** Runs `logout`. @returns the exit code */
export async function runLogout(line: ParsedLine, program: Program): Promise<number> {
  const context = await openContext(line, program);
  return await attempt(context, "Error logging out", async () => {
    context.say((await context.auth.logout()) ? "Successfully logged out" : "Not logged in");
  });
}

// helpers

const PIPE_EXAMPLE = "printenv OPENAI_API_KEY | codex login --with-api-key";
const DONE = "Successfully logged in";

interface Context {
  config: Config;
  auth: AuthManager;
  originator: string;
  program: Program;
  say: (text: string) => void;
}

async function openContext(line: ParsedLine, program: Program): Promise<Context> {
  const config = await loadConfig({
    codexHome: resolveCodexHome(program.env),
    cwd: program.cwd,
    env: program.env,
    overrides: cliOverrides(line),
  });
  const originator = originatorFrom(program.env, DEFAULT_ORIGINATOR);
  const auth = new AuthManager({
    codexHome: config.codexHome,
    env: program.env,
    storeMode: config.cliAuthCredentialsStore,
    headers: { originator: headerText(originator), "user-agent": headerText(userAgent(originator, program.env)) },
    log: (message) => program.log("warn", message),
  });
  return { config, auth, originator, program, say: (text) => program.stderr(`${text}\n`) };
}

async function showStatus(context: Context): Promise<number> {
  let loggedIn = false;
  const code = await attempt(context, "Error checking login status", async () => {
    const status = loginStatus(await context.auth.stored());
    loggedIn = status.loggedIn;
    context.say(status.message);
  });
  return loggedIn ? code : 1;
}

async function browserLogin(context: Context): Promise<number> {
  const { auth, config, originator, program, say } = context;
  const disabled = loginDisabledReason("chatgpt", config.forcedLoginMethod);
  if (disabled !== null) return refuse(context, disabled);
  return await attempt(context, "Error logging in", async () => {
    const login = await startBrowserLogin({
      save: (stored) => auth.save(stored),
      originator,
      workspaceId: config.forcedChatgptWorkspaceId,
    });
    say(
      `Starting local login server on http://localhost:${login.port}.\n` +
        `If your browser did not open, navigate to this URL to authenticate:\n\n${login.authUrl}`,
    );
    if (isHeadless(program.env, process.platform)) {
      say("\nNo browser on this machine? Press Ctrl-C and use: codex login --device-auth");
    } else {
      await openBrowser(login.authUrl);
    }
    await login.done;
    say(DONE);
  });
}

async function deviceLogin(command: ParsedCommand, context: Context): Promise<number> {
  const { auth, config, program, say } = context;
  const disabled = loginDisabledReason("chatgpt", config.forcedLoginMethod);
  if (disabled !== null) return refuse(context, disabled);
  const [issuer, clientId] = [command.value("experimental_issuer"), command.value("experimental_client-id")];
  const options: DeviceLoginOptions = {
    save: (stored) => auth.save(stored),
    workspaceId: config.forcedChatgptWorkspaceId,
    ...(issuer === undefined ? {} : { issuer }),
    ...(clientId === undefined ? {} : { clientId }),
  };
  return await attempt(context, "Error logging in with device code", async () => {
    const code = await requestDeviceCode(options);
    // The one text that is meant for a person to act on, and therefore on stdout as in the original.
    program.stdout(`${deviceCodePrompt(code, VERSION, program.stdoutIsTerminal())}\n`);
    await completeDeviceLogin(code, options);
    say(DONE);
  });
}

async function apiKeyLogin(context: Context): Promise<number> {
  const { auth, config, program, say } = context;
  const disabled = loginDisabledReason("apiKey", config.forcedLoginMethod);
  if (disabled !== null) return refuse(context, disabled);
  if (program.stdinIsTerminal()) {
    return refuse(context, `--with-api-key expects the API key on stdin. Try piping it, e.g. \`${PIPE_EXAMPLE}\`.`);
  }
  say("Reading API key from stdin...");
  const key = new TextDecoder().decode(await program.readStdin()).trim();
  if (key === "") return refuse(context, "No API key provided via stdin.");
  return await attempt(context, "Error logging in", async () => {
    await auth.loginWithApiKey(key);
    say(DONE);
  });
}

function refuse({ say }: Context, reason: string): number {
  say(reason);
  return 1;
}

/** Runs it; what goes wrong is told as `what: reason`. @returns the exit code */
async function attempt({ say }: Context, what: string, action: () => Promise<void>): Promise<number> {
  try {
    await action();
    return 0;
  } catch (error) {
    say(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}
