/** The tree as earlier sections of the patch have changed it, over the tree on disk. */

import { dirname, isAbsolute, join, parse, sep } from "node:path";
import { Refusal } from "../os-reason.js";
import type { DiskEntry, PatchFileReader, RegularFile } from "../disk/file-reader.js";

/** A file that the patch writes. */
export interface PlannedFile {
  readonly kind: "planned";
  readonly content: Uint8Array;
  /** Permission bits to give, or null for those that a new file gets. */
  readonly mode: number | null;
}

/** What is at a location once the sections so far have been applied. */
export type TreeEntry = DiskEntry | PlannedFile;

/** A path resolved to the one place it names. */
export interface Place {
  /** Absolute, without `.`, `..` and symbolic links in its folders. */
  readonly location: string;
  readonly entry: TreeEntry;
  /** Folders above it that do not exist yet, outermost first. */
  readonly missingFolders: readonly string[];
}

/** A location that the patch changes: before and after. */
export interface TreeChange {
  readonly location: string;
  readonly before: DiskEntry;
  readonly after: TreeEntry;
}

/** The error of a path whose folders cannot be walked. */
export class FolderRefusal extends Refusal {}

const MOST_LINKS = 40;

/** An overlay over the disk. Nothing is ever written through it. */
export class PatchedTree {
  readonly #files: PatchFileReader;
  readonly #cwd: string;
  #realCwd: string | null = null;
  readonly #disk = new Map<string, DiskEntry>();
  readonly #planned = new Map<string, TreeEntry>();

  /** @param cwd absolute; relative paths start there */
  constructor(files: PatchFileReader, cwd: string) {
    this.#files = files;
    this.#cwd = cwd;
  }

  /** Follows every link on the way: where a write to this path would go. */
  async follow(path: string): Promise<Place> {
    return this.#walk(path, true);
  }

  /** Follows links in the folders only: the name that a removal would take away. */
  async find(path: string): Promise<Place> {
    return this.#walk(path, false);
  }

  async read(place: Place, file: RegularFile | PlannedFile): Promise<Uint8Array> {
    return file.kind === "planned" ? file.content : this.#files.read(place.location);
  }

  /** Writes a file in the overlay, and the folders that it needs. */
  put(place: Place, file: PlannedFile): void {
    for (const folder of place.missingFolders) this.#planned.set(folder, { kind: "directory" });
    this.#planned.set(place.location, file);
  }

  remove(location: string): void {
    this.#planned.set(location, { kind: "missing" });
  }

  /** All locations that differ from the disk, in the order in which the patch first touched them. */
  async changes(): Promise<TreeChange[]> {
    const changes: TreeChange[] = [];
    for (const [location, after] of this.#planned) {
      const before = await this.#onDisk(location);
      if (before.kind !== after.kind) changes.push({ location, before, after });
    }
    return changes;
  }

  async #walk(path: string, followLast: boolean): Promise<Place> {
    const { root } = parse(path);
    let location = isAbsolute(path) ? root : await this.#start();
    let rest = names(path.slice(root.length));
    let fromLink = 0; // how many of the names to come stem from a link's target
    let links = 0;
    const missingFolders: string[] = [];
    for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
      const isLast = rest.length === 0;
      const isFromLink = fromLink > 0;
      if (isFromLink) fromLink--;
      if (name === "..") {
        if (missingFolders.at(-1) === location) missingFolders.pop();
        location = dirname(location);
        continue;
      }
      const next = join(location, name);
      const entry = await this.#at(next);
      if (entry.kind === "symlink" && (followLast || !isLast)) {
        if (++links > MOST_LINKS) throw refusal("ELOOP", isLast);
        const { root } = parse(entry.target);
        const target = names(entry.target.slice(root.length));
        fromLink += target.length;
        rest = [...target, ...rest];
        if (root !== "") location = root;
        continue;
      }
      if (isLast) return { location: next, entry, missingFolders };
      if (entry.kind === "missing") {
        if (isFromLink) throw refusal("ENOENT", false);
        missingFolders.push(next);
      } else if (entry.kind !== "directory") {
        throw refusal("ENOTDIR", false);
      }
      location = next;
    }
    return { location, entry: { kind: "directory" }, missingFolders };
  }

  /** The real folder that relative paths start from; as written when it does not exist. */
  async #start(): Promise<string> {
    // A folder that does not exist is reported by what is looked for in it.
    this.#realCwd ??= await this.#files.realpath(this.#cwd).catch(() => this.#cwd);
    return this.#realCwd;
  }

  async #at(location: string): Promise<TreeEntry> {
    return this.#planned.get(location) ?? this.#onDisk(location);
  }

  async #onDisk(location: string): Promise<DiskEntry> {
    const known = this.#disk.get(location);
    if (known !== undefined) return known;
    const entry = await this.#files.inspect(location);
    this.#disk.set(location, entry);
    return entry;
  }
}

/** The names in a path. A slash at the end stands for the folder itself, as it does for the operating system. */
function names(path: string): string[] {
  const parts = path.split(sep === "/" ? "/" : /[\\/]/);
  const inner = parts.filter((part) => part !== "" && part !== ".");
  return inner.length > 0 && parts.at(-1) === "" ? [...inner, ""] : inner;
}

function refusal(code: string, isLast: boolean): Refusal {
  return isLast ? new Refusal(code) : new FolderRefusal(code);
}
