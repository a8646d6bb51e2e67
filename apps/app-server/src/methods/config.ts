/** Reads and writes the configuration for clients. */

import { resolve } from "node:path";
import { type ConfigWriteResponse, parseClientRequestResult } from "@codex-ts/app-server-protocol";
import {
  adminLocations,
  ConfigError,
  type ConfigValueEdit,
  ConfigWriteError,
  type Json,
  type LayerStack,
  readLayers,
  viewConfig,
  writeConfigValues,
} from "@codex-ts/config";
import { cliOverrides } from "@codex-ts/launch";
import { type SandboxMode, WireFormatError } from "@codex-ts/protocol";
import { internalError, invalidRequest } from "../router/rpc-error.js";
import type { Engine } from "../server/engine.js";
import type { Methods } from "../router/call.js";

export const configMethods = {
  "config/read": async ({ includeLayers, cwd }, { engine }) => {
    const { program } = engine.server;
    try {
      const stack = await layersOf(engine, cwd ? resolve(program.cwd, cwd) : null);
      const { config, origins, layers } = await viewConfig(stack, program.env);
      // The values are what stands in the files: clients are promised more of them.
      return parseClientRequestResult("config/read", { config, origins, ...(includeLayers ? { layers } : {}) });
    } catch (error) {
      if (error instanceof ConfigError) {
        throw internalError(`failed to read configuration layers: ${error.message}`, error);
      }
      if (error instanceof WireFormatError) {
        const [, ...key] = error.path; // the first is the answer's own member
        throw internalError(`invalid configuration: ${error.detail}\nin \`${key.join(".")}\`\n`, error);
      }
      throw error;
    }
  },

  "config/value/write": async ({ keyPath, value, mergeStrategy, filePath, expectedVersion }, { engine }) => {
    return await write([{ keyPath, value: value as Json, mergeStrategy }], { filePath, expectedVersion }, engine);
  },

  "config/batchWrite": async ({ edits, filePath, expectedVersion }, { engine }) => {
    const values = edits.map((edit): ConfigValueEdit => ({ ...edit, value: edit.value as Json }));
    return await write(values, { filePath, expectedVersion }, engine);
  },

  "configRequirements/read": async (_none, { engine }) => {
    const { approvalPolicies, sandboxModes } = (await engine.configFor({})).requirements;
    if (approvalPolicies === null && sandboxModes === null) return { requirements: null };
    const modes = sandboxModes?.value.filter((mode): mode is SandboxMode => mode !== "external-sandbox") ?? null;
    const policies = approvalPolicies === null ? null : [...approvalPolicies.value];
    return { requirements: { allowedApprovalPolicies: policies, allowedSandboxModes: modes } };
  },
} satisfies Methods;

// helpers

function layersOf({ server, config }: Engine, cwd: string | null): Promise<LayerStack> {
  const { codexHome } = config;
  return readLayers({ codexHome, cwd, overrides: cliOverrides(server.line), locations: adminLocations(codexHome) });
}

async function write(
  edits: readonly ConfigValueEdit[],
  { filePath, expectedVersion }: { filePath?: string | null | undefined; expectedVersion?: string | null | undefined },
  engine: Engine,
): Promise<ConfigWriteResponse> {
  try {
    const written = await writeConfigValues({
      codexHome: engine.config.codexHome,
      env: engine.server.program.env,
      edits,
      filePath: filePath ?? null,
      expectedVersion: expectedVersion ?? null,
      readStack: () => layersOf(engine, null),
    });
    return written;
  } catch (error) {
    if (error instanceof ConfigWriteError) throw invalidRequest(error.message, { config_write_error_code: error.code });
    if (!(error instanceof ConfigError)) throw error;
    const what = error.kind === "write" ? "" : "failed to load configuration: ";
    throw internalError(`${what}${error.message}`, error);
  }
}
