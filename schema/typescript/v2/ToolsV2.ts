// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Tools that can be turned on and off. */
export type ToolsV2 = {
  web_search: boolean | null,
  view_image: boolean | null,
};
