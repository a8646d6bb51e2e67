/** Session files: writing, reading, listing, and the prompt history. */

export {};
