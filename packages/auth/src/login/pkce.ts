/** The secrets of one login attempt (RFC 7636). */

import { createHash, randomBytes } from "node:crypto";

/** A verifier that stays here, and its hash that goes to the issuer. */
export interface Pkce {
  readonly verifier: string;
  readonly challenge: string;
}

/** New secrets: 64 random bytes, S256. */
export function newPkce(): Pkce {
  const verifier = randomBytes(64).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

/** A value that ties the callback to this attempt: 32 random bytes. */
export function newState(): string {
  return randomBytes(32).toString("base64url");
}
