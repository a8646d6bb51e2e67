/**
 * The calls to the operating system that reading and committing are made of, twice: those that leave the process free
 * meanwhile, and those that do not, which take a tenth of the time. The program, which has nothing else to do, blocks.
 */

import * as fs from "node:fs";
import { promisify } from "node:util";

/** Each as the call of the same name in `node:fs`; files are descriptors. */
export interface SystemCalls {
  realpath(path: string): Promise<string>;
  /** When there is nothing, undefined or ENOENT. */
  lstat(path: string): Promise<fs.BigIntStats | undefined>;
  readlink(path: string): Promise<string>;
  open(path: string, flags: string | number, mode?: number): Promise<number>;
  fstat(file: number): Promise<fs.Stats>;
  readAll(file: number): Promise<Uint8Array>;
  writeAll(file: number, content: Uint8Array | string): Promise<void>;
  ftruncate(file: number, length: number): Promise<void>;
  fchown(file: number, uid: number, gid: number): Promise<void>;
  fchmod(file: number, mode: number): Promise<void>;
  close(file: number): Promise<void>;
  link(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  mkdir(path: string): Promise<void>;
  rmdir(path: string): Promise<void>;
}

/** For programs that have other things to do. */
export const yieldingCalls: SystemCalls = {
  realpath: (path) => promisify(fs.realpath.native)(path),
  lstat: (path) => fs.promises.lstat(path, { bigint: true }),
  readlink: (path) => promisify(fs.readlink)(path, "utf8"),
  open: (path, flags, mode) => promisify(fs.open)(path, flags, mode),
  fstat: (file) => promisify(fs.fstat)(file),
  readAll: (file) => promisify(fs.readFile)(file),
  writeAll: (file, content) => promisify(fs.writeFile)(file, content),
  ftruncate: (file, length) => promisify(fs.ftruncate)(file, length),
  fchown: (file, uid, gid) => promisify(fs.fchown)(file, uid, gid),
  fchmod: (file, mode) => promisify(fs.fchmod)(file, mode),
  close: (file) => promisify(fs.close)(file),
  link: (from, to) => promisify(fs.link)(from, to),
  rename: (from, to) => promisify(fs.rename)(from, to),
  unlink: (path) => promisify(fs.unlink)(path),
  mkdir: (path) => promisify(fs.mkdir)(path),
  rmdir: (path) => promisify(fs.rmdir)(path),
};

/** For a program that does nothing else. */
export const blockingCalls: SystemCalls = {
  realpath: async (path) => fs.realpathSync.native(path),
  // Without an error for nothing: making one costs more than all other calls together.
  lstat: async (path) => fs.lstatSync(path, { bigint: true, throwIfNoEntry: false }),
  readlink: async (path) => fs.readlinkSync(path, "utf8"),
  open: async (path, flags, mode) => fs.openSync(path, flags, mode),
  fstat: async (file) => fs.fstatSync(file),
  readAll: async (file) => fs.readFileSync(file),
  writeAll: async (file, content) => fs.writeFileSync(file, content),
  ftruncate: async (file, length) => fs.ftruncateSync(file, length),
  fchown: async (file, uid, gid) => fs.fchownSync(file, uid, gid),
  fchmod: async (file, mode) => fs.fchmodSync(file, mode),
  close: async (file) => fs.closeSync(file),
  link: async (from, to) => fs.linkSync(from, to),
  rename: async (from, to) => fs.renameSync(from, to),
  unlink: async (path) => fs.unlinkSync(path),
  mkdir: async (path) => fs.mkdirSync(path),
  rmdir: async (path) => fs.rmdirSync(path),
};
