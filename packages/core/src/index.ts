/** The agent: threads, turns, tools, approvals and execution. */

export {};
