/** Skills and apps. */

import type { SkillErrorInfo as CoreSkillErrorInfo, SkillScope as CoreSkillScope, Uint32 } from "@codex-ts/protocol";

/** Where a skill comes from. */
export type SkillScope = CoreSkillScope;

/** How a client may show a skill. */
export interface SkillInterface {
  brandColor?: string | null;
  defaultPrompt?: string | null;
  displayName?: string | null;
  iconLarge?: string | null;
  iconSmall?: string | null;
  shortDescription?: string | null;
}

/** A skill. */
export interface SkillMetadata {
  description: string;
  enabled: boolean;
  interface?: SkillInterface | null;
  name: string;
  path: string;
  scope: SkillScope;
  shortDescription?: string | null;
}

/** A skill file that could not be read. */
export type SkillErrorInfo = CoreSkillErrorInfo;

/** The skills seen from one folder. */
export interface SkillsListEntry {
  cwd: string;
  errors: SkillErrorInfo[];
  skills: SkillMetadata[];
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
  enabled: boolean;
  path: string;
}

/** What is in force now. */
export interface SkillsConfigWriteResponse {
  effectiveEnabled: boolean;
}

/** An app that can be connected. */
export interface AppInfo {
  id: string;
  description: string | null;
  installUrl: string | null;
  /** @default false */
  isAccessible: boolean;
  logoUrl: string | null;
  name: string;
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
