/** Answers operations that only ask for data, or change what lies beside the conversation. */

import { promptHistory } from "@codex-ts/rollout";
import type { Op, Reply, SkillsListEntry } from "@codex-ts/protocol";
import { readCustomPrompts } from "../instructions/custom-prompts.js";
import type { Session } from "./session.js";

/** The operations answered here. */
export type Query = Extract<
  Op,
  {
    type:
      | "add_to_history"
      | "get_history_entry_request"
      | "list_mcp_tools"
      | "refresh_mcp_servers"
      | "list_custom_prompts"
      | "list_skills"
      | "list_models";
  }
>;

/** Answers one of them. */
export async function answerQuery(session: Session, op: Query, submissionId: string): Promise<void> {
  const reply = (answer: Reply): void => {
    if (!session.isOver) session.emit({ type: "reply", reply: answer }, submissionId);
  };
  const { config, services } = session;
  switch (op.type) {
    case "add_to_history":
      if (config.history.persistence === "none") return;
      return await promptHistory(config.codexHome).append(
        { session_id: session.id, ts: Math.floor(services.now().getTime() / 1_000), text: op.text },
        config.history.maxBytes ?? 0,
      );
    case "get_history_entry_request": {
      const found = promptHistory(config.codexHome).entry(op.log_id, op.offset);
      const entry = found === null ? null : { conversation_id: found.session_id, ts: found.ts, text: found.text };
      return reply({ kind: "historyEntry", entry: { offset: op.offset, log_id: op.log_id, entry } });
    }
    case "list_mcp_tools":
      // Servers may take their time; what else was asked for, an interrupt above all, must not wait for them.
      void services.mcp.describe().then(
        (tools) => reply({ kind: "mcpTools", tools }),
        (error: unknown) => services.report(error, "operation list_mcp_tools"),
      );
      return;
    case "refresh_mcp_servers":
      return services.mcp.requestRefresh(op.config);
    case "list_custom_prompts":
      return reply({ kind: "customPrompts", prompts: readCustomPrompts(config.codexHome) });
    case "list_skills":
      return reply({ kind: "skills", skills: await listSkills(session, op.cwds ?? [], op.force_reload ?? false) });
    case "list_models":
      return reply({ kind: "models", models: services.models.presets() });
  }
}

async function listSkills(session: Session, cwds: readonly string[], reload: boolean): Promise<SkillsListEntry[]> {
  const folders = cwds.length === 0 ? [session.settings.cwd] : cwds;
  return await Promise.all(folders.map((cwd) => session.services.skills.list(cwd, { reload })));
}
