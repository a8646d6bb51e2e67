// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How a client may show a skill. */
export type SkillInterface = {
  brandColor?: string | null,
  defaultPrompt?: string | null,
  displayName?: string | null,
  iconLarge?: string | null,
  iconSmall?: string | null,
  shortDescription?: string | null,
};
