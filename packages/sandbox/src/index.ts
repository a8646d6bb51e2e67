/** Turns a sandbox policy into a plan for the operating system and spawns commands under it. */

export {};
