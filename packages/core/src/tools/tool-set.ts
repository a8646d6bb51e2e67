/** Chooses the tools of a turn by model and features, in the order in which models see them. */

import type { ToolDefinition } from "@codex-ts/model-client";
import type { ModelProfile } from "../session/models.js";
import type { Session } from "../session/session.js";
import { agentTools } from "../agents/agent-tools.js";
import { freeformPatchTool, functionPatchTool } from "./apply-patch.js";
import { execCommandTool, writeStdinTool } from "./exec-command.js";
import { grepFilesTool } from "./grep-files.js";
import { listDirTool } from "./list-dir.js";
import { mcpTools } from "./mcp/mcp-tools.js";
import { resourceTools } from "./mcp/resource-tools.js";
import { readFileTool } from "./read-file.js";
import { requestUserInputTool } from "./request-user-input.js";
import { localShellTool, shellCommandTool, shellTool } from "./shell.js";
import type { Tool, ToolCall } from "./tool.js";
import { testSyncTool } from "./test-sync.js";
import { updatePlanTool } from "./update-plan.js";
import { viewImageTool } from "./view-image.js";

/** The tools of a turn. */
export interface ToolSet {
  definitions: ToolDefinition[];
  /** The patch tool is offered as free text. */
  hasFreeformPatch: boolean;
  /** The tool that answers a call; null: there is none of that name. */
  find(call: ToolCall): Tool | null;
}

/** The tools that a model is offered in a session, and those it may call without an offer. */
export function toolSetFor(session: Session, model: ModelProfile): ToolSet {
  const patch = patchTool(session, model);
  const offered = [
    ...shellTools(session, model),
    ...resourceTools,
    updatePlanTool,
    ...(session.config.features.enabled("collaboration_modes") ? [requestUserInputTool] : []),
    ...(patch === null ? [] : [patch]),
    ...experimentalTools(model),
    ...(session.config.webSearch === "disabled" ? [] : [webSearchTool(session.config.webSearch)]),
    viewImageTool,
    ...agentTools(session),
    ...mcpTools(session),
    ...session.clientTools,
  ];
  const byName = new Map<string, Tool>();
  // Any shell name is understood wherever there is a shell at all: models remember other versions.
  const unoffered = session.config.features.enabled("shell_tool") ? [shellTool, localShellTool, shellCommandTool] : [];
  for (const tool of [...unoffered, ...offered]) for (const name of tool.names) byName.set(name, tool);
  return {
    definitions: offered.flatMap((tool) => (tool.definition === null ? [] : [tool.definition])),
    hasFreeformPatch: patch === freeformPatchTool,
    find: (call) => byName.get(call.name) ?? null,
  };
}

// helpers

function shellTools(session: Session, model: ModelProfile): Tool[] {
  if (!session.config.features.enabled("shell_tool")) return [];
  if (session.config.features.enabled("unified_exec")) return terminalTools();
  switch (model.shellTool) {
    case "shell":
      return [shellTool];
    case "local_shell":
      return [localShellTool];
    case "shell_command":
      return [shellCommandTool];
    case "unified_exec":
      return terminalTools();
    case "disabled":
      return [];
  }
}

/** There are no terminals for commands on Windows. */
function terminalTools(): Tool[] {
  return process.platform === "win32" ? [shellCommandTool] : [execCommandTool, writeStdinTool];
}

/** Tools that a model has only when its entry in the catalogue names them. */
function experimentalTools({ experimentalTools: named }: ModelProfile): Tool[] {
  const known = [grepFilesTool, readFileTool, listDirTool, testSyncTool];
  return known.filter((tool) => tool.names.some((name) => named.includes(name)));
}

function patchTool(session: Session, model: ModelProfile): Tool | null {
  switch (model.applyPatchTool) {
    case "freeform":
      return freeformPatchTool;
    case "function":
      return functionPatchTool;
    case null:
      return session.config.features.enabled("apply_patch_freeform") ? freeformPatchTool : null;
  }
}

/** A search that the server runs; it has no calls to answer. */
function webSearchTool(mode: "cached" | "live"): Tool {
  return {
    names: [],
    parallel: true,
    abortStyle: "plain",
    definition: { type: "web_search", external_web_access: mode === "live" },
    run: () => Promise.resolve(""),
  };
}
