import { describe, expect, it } from "vitest";
import { childEnvironment, execArguments } from "../src/child/exec-arguments.js";

describe("the command line of a turn", () => {
  it("is short when nothing is asked for", () => {
    expect(execArguments({}, {}, { threadId: null, input: "p", options: {} }, null)).toEqual([
      "exec",
      "--experimental-json",
    ]);
  });

  it("has everything in the order in which the official SDK sends it, the thread before its images", () => {
    const args = execArguments(
      { config: { model_verbosity: "low" }, configOverrides: ["raw=1"], baseUrl: "http://x" },
      {
        model: "m",
        sandboxMode: "read-only",
        workingDirectory: "/w",
        additionalDirectories: ["a", "b"],
        skipGitRepoCheck: true,
        modelReasoningEffort: "high",
        networkAccessEnabled: true,
        webSearchMode: "live",
        approvalPolicy: "never",
        threadSource: "only told with new threads",
      },
      {
        threadId: "T",
        input: [
          { type: "local_image", path: "x.png" },
          { type: "text", text: "a" },
          { type: "local_image", path: "y.png" },
        ],
        options: { cyberAccessProgram: "standard" },
      },
      "/tmp/schema.json",
    );
    expect(args.join(" ")).toBe(
      'exec --experimental-json --config model_verbosity="low" --config raw=1 --config openai_base_url="http://x" ' +
        "--model m --sandbox read-only --cd /w --add-dir a --add-dir b --skip-git-repo-check " +
        "--output-schema /tmp/schema.json --cyber-access-program standard " +
        '--config model_reasoning_effort="high" --config sandbox_workspace_write.network_access=true ' +
        '--config web_search="live" --config approval_policy="never" resume T --image x.png --image y.png',
    );
  });

  it("says where a new thread comes from", () => {
    const request = { threadId: null, input: "p", options: {} };
    expect(execArguments({}, { threadSource: "ci" }, request, null).slice(2)).toEqual(["--thread-source", "ci"]);
  });
});

describe("the environment of a turn", () => {
  const originator = { CODEX_INTERNAL_ORIGINATOR_OVERRIDE: "codex_sdk_ts" };

  it("is ours, with who asks", () => {
    expect(childEnvironment({}, { A: "1" })).toEqual({ A: "1", ...originator });
  });

  it("is the caller's alone when it is given", () => {
    expect(childEnvironment({ env: { B: "2" } }, { A: "1" })).toEqual({ B: "2", ...originator });
  });

  it("keeps an originator that is set", () => {
    const env = { CODEX_INTERNAL_ORIGINATOR_OVERRIDE: "mine" };
    expect(childEnvironment({ env }, {})).toEqual(env);
  });

  it("carries key and address", () => {
    expect(childEnvironment({ apiKey: "K", baseUrl: "http://x" }, {})).toEqual({
      ...originator,
      CODEX_API_KEY: "K",
      OPENAI_BASE_URL: "http://x",
    });
  });
});
