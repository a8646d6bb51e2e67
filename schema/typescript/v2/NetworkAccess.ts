// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Whether a sandbox that somebody else provides lets the network through. */
export type NetworkAccess = "restricted" | "enabled";
