/** The models a program knows: built in, from config.toml, and, for the provider that has a list of its own, from there. */

import type { ModelPreset } from "@codex-ts/protocol";
import { isOpenAI } from "../contract/provider.js";
import { readModelsCache, writeModelsCache, type CachedModels } from "./cache-file.js";
import { builtinEntries, mergeEntries, modelPresets, resolveModel, type CatalogueEntry } from "./entries.js";
import { modelFamily, type ModelFamily } from "./family.js";
import { fetchModels, type ModelsTransport } from "./fetch-models.js";
import { readModels } from "./read-models.js";

/** How long a list counts as new, and how long a failure is not repeated. */
const FRESH_MS = 300_000;

/** What a catalogue is made of. */
export interface ModelCatalogueOptions extends ModelsTransport {
  /** The feature `remote_models`. Off: models are known by their slugs alone. */
  remoteModels: boolean;
  /** Path of `models_cache.json`. */
  cacheFile: string;
  /** The version by which the server chooses what to offer. */
  clientVersion: string;
  /** Told when the list could not be refreshed, or its cache not be written: nothing else depends on it. */
  onFailure?: (message: string) => void;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** The models of one provider. */
export interface ModelCatalogue {
  /** The model as requests are made for it, by what is known now. */
  family(slug: string): ModelFamily;
  /** The list as it is shown. */
  presets(chatgptLogin: boolean): ModelPreset[];
  /**
   * Brings the list up to date, from the cache or the server; meant to run in the background. Never rejects. Does
   * nothing for providers without a list of their own and without a ChatGPT login.
   */
  refresh(): Promise<void>;
  /** A response named the etag of the server's list: it is fetched again if it is another one. Never rejects. */
  noteEtag(etag: string): Promise<void>;
}

/** Nothing is read or asked before the first `refresh`. */
export function createModelCatalogue(options: ModelCatalogueOptions): ModelCatalogue {
  return new Catalogue(options);
}

class Catalogue implements ModelCatalogue {
  readonly #options: ModelCatalogueOptions;
  readonly #now: () => number;
  #entries: readonly CatalogueEntry[] = builtinEntries();
  #cached: CachedModels | null = null;
  #failedAt: number | null = null;
  #running: Promise<void> | null = null;

  constructor(options: ModelCatalogueOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  family(slug: string): ModelFamily {
    return this.#options.remoteModels ? resolveModel(slug, this.#entries) : modelFamily(slug);
  }

  presets(chatgptLogin: boolean): ModelPreset[] {
    return modelPresets(this.#entries, chatgptLogin);
  }

  refresh(): Promise<void> {
    return this.#once(async () => {
      this.#cached ??= await this.#readCache();
      if (this.#cached !== null && this.#isFresh(this.#cached.fetchedAt)) return;
      await this.#fetch();
    });
  }

  noteEtag(etag: string): Promise<void> {
    return this.#once(async () => {
      if (this.#cached?.etag === etag) await this.#keep({ ...this.#cached, fetchedAt: this.#now() });
      else await this.#fetch();
    });
  }

  /** One at a time, and only where there is a list to ask for. */
  #once(action: () => Promise<void>): Promise<void> {
    this.#running ??= this.#guarded(action).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #guarded(action: () => Promise<void>): Promise<void> {
    try {
      if (await this.#hasList()) await action();
    } catch (error) {
      this.#failedAt = this.#now();
      const reason = error instanceof Error ? error.message : String(error);
      this.#options.onFailure?.(`failed to refresh available models: ${reason}`);
    }
  }

  async #hasList(): Promise<boolean> {
    const { provider, remoteModels } = this.#options;
    if (!remoteModels || !isOpenAI(provider)) return false;
    return (await this.#options.credentials())?.kind === "chatgpt";
  }

  async #readCache(): Promise<CachedModels | null> {
    const cached = await readModelsCache(this.#options.cacheFile);
    if (cached === null || !this.#isFresh(cached.fetchedAt)) return null;
    this.#use(cached);
    return cached;
  }

  async #fetch(): Promise<void> {
    if (this.#failedAt !== null && this.#isFresh(this.#failedAt)) return;
    const { etag, models } = await fetchModels(this.#options, this.#options.clientVersion);
    const cached = { fetchedAt: this.#now(), etag, models };
    this.#use(cached);
    this.#failedAt = null;
    await this.#keep(cached);
  }

  async #keep(cached: CachedModels): Promise<void> {
    this.#cached = cached;
    await writeModelsCache(this.#options.cacheFile, cached);
  }

  #use(cached: CachedModels): void {
    this.#entries = mergeEntries(builtinEntries(), readModels(cached.models));
  }

  /** A time in the future is a clock that was set back: not fresh. */
  #isFresh(at: number): boolean {
    const age = this.#now() - at;
    return age >= 0 && age <= FRESH_MS;
  }
}
