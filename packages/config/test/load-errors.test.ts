import { expect, describe, it } from "vitest";
import { ConfigError, osErrorText } from "../src/index.js";
import { failure, testHome } from "./homes.js";

async function loadError(toml: string): Promise<string> {
  const home = testHome(toml);
  const error = await failure(home.load());
  expect(error).toBeInstanceOf(ConfigError);
  return error.message.replace(`${home.codexHome}/`, "");
}

describe("a file that is not TOML", () => {
  it.each([
    ["model = ", "1:9: string values must be quoted, expected literal string"],
    ["model = abc", "1:9: string values must be quoted, expected literal string"],
    ["model", "1:6: key with no value, expected `=`"],
    ['model = "abc', '1:13: invalid basic string, expected `"`'],
    ["model = 'abc", "1:13: invalid literal string, expected `'`"],
    ['model = """abc', '1:15: invalid multi-line basic string, expected `"`'],
    ['model = "a\\qb"', '1:12: missing escaped value, expected `b`, `e`, `f`, `n`, `r`, `\\`, `"`, `x`, `u`, `U`'],
    ["[a", "1:3: unclosed table, expected `]`"],
    ["[]", "1:2: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`"],
    ["[a]]", "1:4: unexpected key or value, expected newline, `#`"],
    ["[a]\n[a]", "2:2: duplicate key"],
    ["a = 1\na = 2", "2:1: duplicate key"],
    ["a = 1 b = 2", "1:7: unexpected key or value, expected newline, `#`"],
    ["a = [1, 2", "1:10: unclosed array, expected `]`"],
    ["a = [1 2]", "1:8: missing comma between array elements, expected `,`"],
    ["a = {x = 1", "1:11: unclosed inline table, expected `}`"],
    ["a = {x = 1, x = 2}", "1:13: duplicate key"],
    ["a = 01", "1:5: unexpected leading zero, expected nothing"],
    ["a = 1__0", "1:7: `_` may only go between digits"],
    ["a = tru", "1:5: invalid boolean, expected `true`"],
    ["a = 2024-13-01", "1:5: invalid date, expected month between 01 and 12"],
    ["= 1", "1:1: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`"],
    ["a.b = 1\na = 2", "2:1: duplicate key"],
    ["a = 1\na.b = 2", "2:1: cannot extend value of type integer with a dotted key"],
    ["[[a]]\n[a]", "2:2: duplicate key"],
    ["a = 1\n[a.b]", "2:2: cannot extend value of type integer with a dotted key"],
    ["a b = 1", "1:3: key with no value, expected `=`"],
    [
      "a = 99999999999999999999",
      "1:5: integer `99999999999999999999` is too large, expected a whole number of at most 64 bits",
    ],
    ['a = "x" # ok\u0001', "1:13: invalid comment character, expected printable characters"],
    ['a = "x\u0001y"', "1:7: invalid basic string, expected non-double-quote visible characters, `\\`"],
    ["a = +", "1:5: string values must be quoted, expected literal string"],
    ["a = .5", "1:5: invalid mantissa, expected digits"],
    ["a = 1.", "1:7: invalid fraction, expected digits"],
    ['a = "\\u00"', "1:10: too few unicode value digits, expected unicode hexadecimal value"],
    ['a = "\\ud800"', "1:8: invalid value, expected unicode hexadecimal value"],
    ["a\n = 1", "1:2: key with no value, expected `=`"],
    ["é = 1", "1:1: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`"],
    ['"é😀" = 1 x', "1:10: unexpected key or value, expected newline, `#`"],
  ])("%j fails with its line, column and what was expected", async (toml, message) => {
    expect(await loadError(toml)).toBe(`config.toml:${message}`);
  });
});

describe("a value of the wrong kind", () => {
  it.each([
    ["model = 5", "1:9: invalid type: integer `5`, expected a string"],
    ["model = 1.0", "1:9: invalid type: floating point `1.0`, expected a string"],
    ["model = 1e3", "1:9: invalid type: floating point `1000.0`, expected a string"],
    ["model = inf", "1:9: invalid type: floating point `inf`, expected a string"],
    ["model = true", "1:9: invalid type: boolean `true`, expected a string"],
    ["model = [1]", "1:9: invalid type: sequence, expected a string"],
    ["model = {a=1}", "1:9: invalid type: map, expected a string"],
    ['model_context_window = "x"', '1:24: invalid type: string "x", expected i64'],
    ["model_context_window = 1.5", "1:24: invalid type: floating point `1.5`, expected i64"],
    ["project_doc_max_bytes = -1", "1:25: invalid value: integer `-1`, expected usize"],
    ["tool_output_token_limit = -1", "1:27: invalid value: integer `-1`, expected usize"],
    ["tool_output_token_limit = 1.5", "1:27: invalid type: floating point `1.5`, expected usize"],
    ["mcp_oauth_callback_port = 70000", "1:27: invalid value: integer `70000`, expected u16"],
    ['hide_agent_reasoning = "yes"', '1:24: invalid type: string "yes", expected a boolean'],
    ['notify = "x"', '1:10: invalid type: string "x", expected a sequence'],
    ["notify = [1]", "1:11: invalid type: integer `1`, expected a string"],
    ['notify = ["a", 5]', "1:16: invalid type: integer `5`, expected a string"],
    [
      'approval_policy = "bogus"',
      "1:19: unknown variant `bogus`, expected one of `untrusted`, `on-failure`, `on-request`, `never`",
    ],
    ["[history]", "1:1: missing field `persistence`"],
    ['[history]\npersistence = "x"', "2:15: unknown variant `x`, expected `save-all` or `none`"],
    ['[history]\npersistence = "none"\nmax_bytes = -1', "3:13: invalid value: integer `-1`, expected usize"],
    ["history = 5", "1:11: invalid type: integer `5`, expected a table"],
    ["[history]\nmax_bytes = 5", "1:1: missing field `persistence`"],
    ["[model_providers.x]", "1:1: missing field `name`"],
    ["[model_providers.x]\nname = 5", "2:8: invalid type: integer `5`, expected a string"],
    [
      '[model_providers.x]\nname = "a"\nwire_api = "z"',
      "3:12: unknown variant `z`, expected one of `responses`, `responses_websocket`, `chat`",
    ],
    ['[model_providers.x]\nname = "a"\nrequest_max_retries = -1', "3:23: invalid value: integer `-1`, expected u64"],
    ['[model_providers.x]\nname = "a"\nquery_params = {a = 1}', "3:21: invalid type: integer `1`, expected a string"],
    ["model_providers = 5", "1:19: invalid type: integer `5`, expected a map"],
    ["[mcp_servers.x]", "1:1: invalid transport"],
    ["[mcp_servers.x]\ncommand = 5", "2:11: invalid type: integer `5`, expected a string"],
    ['[mcp_servers.x]\ncommand = "a"\nurl = "b"', "1:1: url is not supported for stdio"],
    ['[mcp_servers.x]\nurl = "b"\nargs = []', "1:1: args is not supported for streamable_http"],
    ['[mcp_servers.x]\ncommand = "a"\nbearer_token = "b"', "1:1: bearer_token is not supported for stdio"],
    ['[mcp_servers.x]\nurl = "a"\nbearer_token = "b"', "1:1: bearer_token is not supported for streamable_http"],
    [
      '[mcp_servers.x]\ncommand = "a"\nstartup_timeout_sec = -1',
      "1:1: cannot convert float seconds to Duration: value is negative",
    ],
    [
      '[mcp_servers.x]\ncommand = "a"\nstartup_timeout_sec = nan',
      "1:1: cannot convert float seconds to Duration: value is either too big or NaN",
    ],
    ['[mcp_servers.x]\ncommand = "a"\nstartup_timeout_sec = "a"', '3:23: invalid type: string "a", expected f64'],
    [
      '[mcp_servers.x]\ncommand = "a"\nstartup_timeout_ms = 1.5',
      "3:22: invalid type: floating point `1.5`, expected u64",
    ],
    [
      '[mcp_servers.x]\ncommand = "a"\ntool_timeout_sec = -1',
      "3:20: cannot convert float seconds to Duration: value is negative",
    ],
    ['[mcp_servers.x]\ncommand = "a"\ncwd = 7', "3:7: invalid type: integer `7`, expected path string"],
    ['[mcp_servers.x]\ncommand = "a"\nenv = 5', "3:7: invalid type: integer `5`, expected a map"],
    ['[mcp_servers.x]\ncommand = "a"\nenv = {a=5}', "3:10: invalid type: integer `5`, expected a string"],
    ['[mcp_servers.x.env]\nA = "b"', "1:14: invalid transport"],
    ["mcp_servers = { x = { command = 5 } }", "1:33: invalid type: integer `5`, expected a string"],
    ['[projects."/x"]\ntrust_level = "maybe"', "2:15: unknown variant `maybe`, expected `trusted` or `untrusted`"],
    ["[features]\nfoo = 5", "2:7: invalid type: integer `5`, expected a boolean"],
    ['[features]\nfoo = true\nbar = "x"', '3:7: invalid type: string "x", expected a boolean'],
    ["[tui]\nnotifications = 5", "2:17: data did not match any variant of untagged enum Notifications"],
    [
      '[otel]\nexporter = "bogus"',
      "2:12: unknown variant `bogus`, expected one of `none`, `statsig`, `otlp-http`, `otlp-grpc`",
    ],
    [
      "[otel.exporter.bogus]\na = 1",
      "1:7: unknown variant `bogus`, expected one of `none`, `statsig`, `otlp-http`, `otlp-grpc`",
    ],
    ['[otel.exporter.otlp-http]\nendpoint = "x"', "1:1: missing field `protocol`"],
    [
      '[otel.exporter.otlp-http]\nendpoint = "x"\nprotocol = "z"',
      "3:12: unknown variant `z`, expected `binary` or `json`",
    ],
    ["[otel]\nexporter = {}", "2:12: wanted exactly 1 element, found 0 elements"],
    ["[[skills.config]]\nenabled = true", "1:1: missing field `path`"],
    ["[skills]\nconfig = 5", "2:10: invalid type: integer `5`, expected a sequence"],
    ["[agents]\nmax_threads = -1", "2:15: invalid value: integer `-1`, expected usize"],
    ['[shell_environment_policy]\ninherit = "x"', "2:11: unknown variant `x`, expected one of `core`, `all`, `none`"],
    ["[profiles.x]\nmodel = 5", "2:9: invalid type: integer `5`, expected a string"],
    ['[ghost_snapshot]\nignore_large_untracked_files = "x"', '2:32: invalid type: string "x", expected i64'],
    ["[tools]\nweb_search = true\nweb_search_request = true", "1:1: duplicate field `web_search`"],
    ["[sandbox_workspace_write]\nwritable_roots = [5]", "2:19: invalid type: integer `5`, expected path string"],
    ["model_instructions_file = 5", "1:27: invalid type: integer `5`, expected path string"],
    [
      'cli_auth_credentials_store = "ephemeral"',
      "1:30: unknown variant `ephemeral`, expected one of `file`, `keyring`, `auto`",
    ],
  ])("%j is refused where it stands", async (toml, message) => {
    expect(await loadError(toml)).toBe(`config.toml:${message}`);
  });
});

describe("a value that refers to something missing or impossible", () => {
  it.each([
    ['profile = "nope"', "config profile `nope` not found"],
    ['model_provider = "nope"', "Model provider `nope` not found"],
    ["[agents]\nmax_threads = 0", "agents.max_threads must be at least 1"],
    ["mcp_oauth_callback_port = 0", "invalid MCP OAuth callback port `0`: port must be between 1 and 65535"],
    [
      'model_instructions_file = "/nope.md"',
      "failed to read model instructions file /nope.md: No such file or directory (os error 2)",
    ],
    ['model_instructions_file = "/dev/null"', "model instructions file is empty: /dev/null"],
    [
      'experimental_compact_prompt_file = "/nope.md"',
      "failed to read experimental compact prompt file /nope.md: No such file or directory (os error 2)",
    ],
  ])("%j is refused", async (toml, message) => {
    expect(await loadError(toml)).toBe(message);
  });
});

describe("an error of the operating system", () => {
  it.each([
    [Object.assign(new Error("EEXIST: …"), { code: "EEXIST" }), "File exists (os error 17)"],
    [Object.assign(new Error("ELOOP: …"), { code: "ELOOP" }), "Too many levels of symbolic links (os error 40)"],
    [Object.assign(new Error("rare"), { code: "EUNKNOWN" }), "rare"],
    ["thrown as it is", "thrown as it is"],
  ])("%s has the original's words", (error, text) => {
    expect(osErrorText(error)).toBe(text);
  });
});
