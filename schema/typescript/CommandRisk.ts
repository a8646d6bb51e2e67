// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { RiskCategory } from "./RiskCategory";
import type { RiskLevel } from "./RiskLevel";

/** A short model call's view of a command that waits for approval; advice for a person, never a decision. */
export type CommandRisk = {
  level: RiskLevel,
  /** null when the command looks harmless. */
  category: RiskCategory | null,
  description: string,
};
