// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How a client may show a skill. */
export type SkillInterface = {
  displayName?: string | null,
  shortDescription?: string | null,
  iconSmall?: string | null,
  iconLarge?: string | null,
  brandColor?: string | null,
  defaultPrompt?: string | null,
};
