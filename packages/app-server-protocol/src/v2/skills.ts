/** Skills and apps. */

import type { SkillErrorInfo as CoreSkillErrorInfo, SkillScope as CoreSkillScope, Uint32 } from "@codex-ts/protocol";

/** Where a skill comes from. */
export type SkillScope = CoreSkillScope;

/** How a client may show a skill. */
export interface SkillInterface {
  displayName?: string | null;
  shortDescription?: string | null;
  iconSmall?: string | null;
  iconLarge?: string | null;
  brandColor?: string | null;
  defaultPrompt?: string | null;
}

/** A skill. */
export interface SkillMetadata {
  name: string;
  description: string;
  shortDescription?: string | null;
  interface?: SkillInterface | null;
  path: string;
  scope: SkillScope;
  enabled: boolean;
}

/** A skill file that could not be read. */
export type SkillErrorInfo = CoreSkillErrorInfo;

/** The skills seen from one folder. */
export interface SkillsListEntry {
  cwd: string;
  skills: SkillMetadata[];
  errors: SkillErrorInfo[];
}

/** Lists skills. */
export interface SkillsListParams {
  /** Absent or empty: the server's cwd. */
  cwds?: string[];
  /** Do not answer from the cache. */
  forceReload?: boolean;
}

/** One entry for each folder asked, in order. */
export interface SkillsListResponse {
  data: SkillsListEntry[];
}

/** Turns a skill on or off in the user's config. */
export interface SkillsConfigWriteParams {
  path: string;
  enabled: boolean;
}

/** What is in force now. */
export interface SkillsConfigWriteResponse {
  effectiveEnabled: boolean;
}

/** An app that can be connected. */
export interface AppInfo {
  id: string;
  name: string;
  description: string | null;
  logoUrl: string | null;
  installUrl: string | null;
  /** @default false */
  isAccessible: boolean;
}

/** Lists apps. */
export interface AppsListParams {
  cursor?: string | null;
  limit?: Uint32 | null;
}

/** A page of apps. */
export interface AppsListResponse {
  data: AppInfo[];
  /** null at the end. */
  nextCursor: string | null;
}
