/** How long a usual configuration takes to load once the modules are there. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../../packages/config/src/index.js";

const FILE = `
model = "gpt-5"
model_provider = "mock"
approval_policy = "never"
sandbox_mode = "workspace-write"
# how to reach the model
[model_providers.mock]
name = "Mock"
base_url = "http://127.0.0.1:1234/v1"
env_key = "MOCK_KEY"
wire_api = "responses"
request_max_retries = 0

[features]
remote_models = false

[mcp_servers.files]
command = "npx"
args = ["-y", "server"]
`;

export default {
  name: "config: load a 20-line file",
  unit: "ms",
  async measure(): Promise<number> {
    const codexHome = mkdtempSync(join(tmpdir(), "codex-bench-"));
    try {
      const cwd = join(codexHome, "work");
      mkdirSync(join(cwd, ".git"), { recursive: true });
      writeFileSync(join(codexHome, "config.toml"), FILE);
      const start = performance.now();
      await loadConfig({ codexHome, cwd, env: { HOME: codexHome } });
      return performance.now() - start;
    } finally {
      rmSync(codexHome, { recursive: true, force: true });
    }
  },
};
