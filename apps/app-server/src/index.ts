/** codex app-server: the agent behind JSON-RPC, for editors. */

export {};
