// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How a client may show a skill. */
export type SkillInterface = {
  display_name?: string | null,
  short_description?: string | null,
  icon_small?: string | null,
  icon_large?: string | null,
  brand_color?: string | null,
  default_prompt?: string | null,
};
