/** Compresses request bodies with zstd, where the server is known to take them. */

import type { ModelProviderInfo } from "@codex-ts/config";
import type { Credentials } from "@codex-ts/auth";
import { isOpenAI } from "../contract/provider.js";

/** Turns a JSON text into what is sent. */
export type BodyEncoder = (
  json: string,
  credentials: Credentials | null,
) => { content: string | Uint8Array<ArrayBuffer>; encoding: "zstd" | null };

/** Sends the text as it is. */
export const plainBody: BodyEncoder = (json) => ({ content: json, encoding: null });

const ZSTD_LEVEL = 3;

/**
 * Compresses for ChatGPT logins at OpenAI itself and nobody else. Without zstd in the runtime (Node before 22.15) bodies
 * stay plain.
 */
export async function compressedBody(provider: ModelProviderInfo): Promise<BodyEncoder> {
  if (!isOpenAI(provider)) return plainBody;
  const zlib = await import("node:zlib");
  if (typeof zlib.zstdCompressSync !== "function") return plainBody;
  const params = { [zlib.constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL };
  return (json, credentials) => {
    if (credentials?.kind !== "chatgpt") return plainBody(json, credentials);
    const content = new Uint8Array(zlib.zstdCompressSync(json, { params }));
    return { content, encoding: "zstd" };
  };
}
