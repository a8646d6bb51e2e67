/** Makes a slug for a URL from a headline. */
export function slug(headline) {
  return headline
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "-")
    .replace(/-$/, "");
}
