/** Landlock's rights and structures, as the bytes the kernel takes (uapi/linux/landlock.h). Pure. */

const EXECUTE = 1n << 0n;
const WRITE_FILE = 1n << 1n;
const READ_FILE = 1n << 2n;
const READ_DIR = 1n << 3n;
const MAKE_CHAR = 1n << 6n;
const MAKE_BLOCK = 1n << 11n;
const TRUNCATE = 1n << 14n;
const IOCTL_DEV = 1n << 15n;

/** What every file may be used for. */
export const READ_RIGHTS = EXECUTE | READ_FILE | READ_DIR;

/** What a single file may be used for in full; a rule about a file must not name rights that only folders have. */
export const FILE_RIGHTS = EXECUTE | READ_FILE | WRITE_FILE | TRUNCATE | IOCTL_DEV;

/** What the usual harmless devices may be used for besides. */
export const DEVICE_RIGHTS = READ_FILE | WRITE_FILE | TRUNCATE | IOCTL_DEV;

/** Devices that hold nothing. Not /dev/ptmx and /dev/pts: other terminals of the same person live there. */
export const HARMLESS_DEVICES = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty"];

/** All file rights that a kernel with this interface version knows. */
export function knownRights(abi: number): bigint {
  const count = abi >= 5 ? 16n : abi >= 3 ? 15n : abi >= 2 ? 14n : 13n;
  return (1n << count) - 1n;
}

/** Everything inside a writable folder, except making device files: root could reach a whole disk through one. */
export function folderRights(abi: number): bigint {
  return knownRights(abi) & ~(MAKE_CHAR | MAKE_BLOCK);
}

/** Whether this version keeps a file from being emptied without opening it for writing. */
export function knowsTruncation(abi: number): boolean {
  return abi >= 3;
}

/** Keep signals and connections to abstract sockets inside. */
const SCOPES = 0b11n;

/** struct landlock_ruleset_attr, in the length that this version knows. */
export function rulesetAttributes(abi: number): Uint8Array {
  const fields = abi >= 6 ? [knownRights(abi), 0n, SCOPES] : [knownRights(abi)];
  const bytes = new Uint8Array(fields.length * 8);
  const view = new DataView(bytes.buffer);
  fields.forEach((field, index) => view.setBigUint64(index * 8, field, true));
  return bytes;
}

/** struct landlock_path_beneath_attr (packed). */
export function pathRule(rights: bigint, fd: number): Uint8Array {
  const bytes = new Uint8Array(12);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, rights, true);
  view.setInt32(8, fd, true);
  return bytes;
}
