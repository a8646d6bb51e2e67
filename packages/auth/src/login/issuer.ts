/** Who issues logins. */

/** The issuer of ChatGPT logins. */
export const DEFAULT_ISSUER = "https://auth.openai.com";

/** The public name of this kind of client at the issuer. */
export const CLIENT_ID = "app_EMoamEEZ73f0CkXaXp7hrann";
