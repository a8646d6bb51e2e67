// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How person and agent share the work. */
export type ModeKind = "plan" | "code" | "pair_programming" | "execute" | "custom";
