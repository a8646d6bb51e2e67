/** Which file serves a method. Files are loaded when one of their methods is first called. */

import type { ClientRequestMethod } from "@codex-ts/app-server-protocol";
import type { Methods } from "./call.js";

/** The files of methods. */
const files = {
  threads: async () => (await import("../methods/threads.js")).threadMethods,
  storedThreads: async () => (await import("../methods/stored-threads.js")).storedThreadMethods,
  turns: async () => (await import("../methods/turns.js")).turnMethods,
  reviews: async () => (await import("../methods/reviews.js")).reviewMethods,
  models: async () => (await import("../methods/models.js")).modelMethods,
  skills: async () => (await import("../methods/skills.js")).skillMethods,
  mcp: async () => (await import("../methods/mcp.js")).mcpMethods,
  config: async () => (await import("../methods/config.js")).configMethods,
  account: async () => (await import("../methods/account.js")).accountMethods,
  commands: async () => (await import("../methods/commands.js")).commandMethods,
  services: async () => (await import("../methods/services.js")).serviceMethods,
  conversations: async () => (await import("../methods/v1/conversations.js")).conversationMethods,
  storedConversations: async () => (await import("../methods/v1/stored-conversations.js")).storedConversationMethods,
  settings: async () => (await import("../methods/v1/settings.js")).settingsMethods,
  logins: async () => (await import("../methods/v1/logins.js")).loginMethods,
} satisfies Record<string, () => Promise<Methods>>;

/** How a method is served. */
interface MethodPlace {
  file: keyof typeof files;
  /** Requests behind it do not wait for it: it takes long, or waits for an event. */
  background?: true;
}

/** Every method but `initialize`, which the connection itself serves. */
const methods: { readonly [Method in ClientRequestMethod]?: MethodPlace } = {
  "thread/start": { file: "threads" },
  "thread/resume": { file: "threads" },
  "thread/fork": { file: "threads" },
  "thread/loaded/list": { file: "threads" },
  "thread/unsubscribe": { file: "threads" },
  "thread/name/set": { file: "storedThreads" },
  "thread/archive": { file: "storedThreads" },
  "thread/unarchive": { file: "storedThreads" },
  "thread/delete": { file: "storedThreads" },
  "thread/list": { file: "storedThreads" },
  "thread/read": { file: "storedThreads" },
  "thread/turns/list": { file: "storedThreads" },
  "thread/items/list": { file: "storedThreads" },
  "turn/start": { file: "turns" },
  "turn/steer": { file: "turns" },
  "turn/interrupt": { file: "turns", background: true },
  "thread/rollback": { file: "turns", background: true },
  "thread/compact/start": { file: "turns" },
  "thread/shellCommand": { file: "turns" },
  "review/start": { file: "reviews" },
  "model/list": { file: "models", background: true },
  "collaborationMode/list": { file: "models", background: true },
  "experimentalFeature/list": { file: "models" },
  "skills/list": { file: "skills" },
  "skills/config/write": { file: "skills" },
  "app/list": { file: "skills" },
  "mcpServerStatus/list": { file: "mcp", background: true },
  "config/mcpServer/reload": { file: "mcp" },
  "mcpServer/oauth/login": { file: "mcp", background: true },
  "config/read": { file: "config" },
  "config/value/write": { file: "config" },
  "config/batchWrite": { file: "config" },
  "configRequirements/read": { file: "config" },
  "account/read": { file: "account", background: true },
  "account/login/start": { file: "account" },
  "account/login/cancel": { file: "account" },
  "account/logout": { file: "account" },
  "account/rateLimits/read": { file: "account", background: true },
  "command/exec": { file: "commands", background: true },
  execOneOffCommand: { file: "commands", background: true },
  fuzzyFileSearch: { file: "services", background: true },
  gitDiffToRemote: { file: "services", background: true },
  "feedback/upload": { file: "services" },
  getUserAgent: { file: "services" },
  newConversation: { file: "conversations" },
  resumeConversation: { file: "conversations" },
  forkConversation: { file: "conversations" },
  addConversationListener: { file: "conversations" },
  removeConversationListener: { file: "conversations" },
  sendUserMessage: { file: "conversations" },
  sendUserTurn: { file: "conversations" },
  interruptConversation: { file: "conversations", background: true },
  listConversations: { file: "storedConversations" },
  getConversationSummary: { file: "storedConversations" },
  archiveConversation: { file: "storedConversations" },
  getUserSavedConfig: { file: "settings" },
  setDefaultModel: { file: "settings" },
  loginApiKey: { file: "logins" },
  loginChatGpt: { file: "logins" },
  cancelLoginChatGpt: { file: "logins" },
  logoutChatGpt: { file: "logins" },
  getAuthStatus: { file: "logins" },
  userInfo: { file: "logins" },
};

/** A method's function, and whether others wait for it; null when it is not served. */
export interface ServedMethod {
  background: boolean;
  load: () => Promise<Methods>;
}

/** Looks a method up. */
export function servedMethod(method: ClientRequestMethod): ServedMethod | null {
  const place = methods[method];
  return place === undefined ? null : { background: place.background ?? false, load: files[place.file] };
}

/** Loads what nearly every client calls next. */
export async function preload(): Promise<void> {
  await Promise.all([files.threads(), files.turns()]);
}
