/** One interface for a child process on a pseudo-terminal, with an adapter for Bun and one for Node. */

export {};
