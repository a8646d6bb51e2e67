/** What the scorer knows of single characters: how they are compared, and how well a match on them counts. Pure. */

/** Kinds of characters; those from `LOWER` on make up words. */
const WHITE = 0;
const NON_WORD = 1;
const DELIMITER = 2;
const LOWER = 3;
const UPPER = 4;
const LETTER = 5;
const DIGIT = 6;

const BONUS_AFTER_WHITE = 10;
/** After one of `/,:;|`. */
export const BONUS_AFTER_DELIMITER = 9;
/** A match that begins a word, or on a character that is none of a word. */
export const BONUS_BOUNDARY = 8;
/** A capital inside of a word, or a number after something else. */
export const BONUS_CAMEL = 5;

/** No position has more. */
export const MAX_BONUS = BONUS_AFTER_WHITE;

/** Writes the bonus of each character of a text given as units; what stands before decides. */
export function writeBonuses(units: ArrayLike<number>, length: number, into: Uint8Array, offset: number): void {
  let before = WHITE;
  for (let at = 0; at < length; at++) {
    const kind = kindOf(units[at] ?? 0);
    into[offset + at] = bonusOf(before, kind);
    before = kind;
  }
}

/** Characters outside of the basic plane, which need two units of a string, by the unit of the surrogate range that stands for them. */
const ASTRAL_UNITS = new Map<number, number>();
const FIRST_ASTRAL_UNIT = 0xd800;
const ASTRAL_UNIT_COUNT = 0x800;

/** Writes a text with one unit per character and gives their number, at most the text's length. */
export function writeUnits(text: string, into: Uint16Array): number {
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isPair = (code & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
    into[length++] = isPair ? astralUnit(text.codePointAt(at) ?? code) : code;
    if (isPair) at++;
  }
  return length;
}

/** With more than 2,048 different ones some share a unit, and count as the same. */
function astralUnit(codePoint: number): number {
  let unit = ASTRAL_UNITS.get(codePoint);
  if (unit === undefined) {
    unit = FIRST_ASTRAL_UNIT + (ASTRAL_UNITS.size % ASTRAL_UNIT_COUNT);
    ASTRAL_UNITS.set(codePoint, unit);
    OTHER_KINDS.set(unit, kindOfCharacter(String.fromCodePoint(codePoint)));
  }
  return unit;
}

function bonusOf(before: number, kind: number): number {
  if (kind >= LOWER) {
    if (before === WHITE) return BONUS_AFTER_WHITE;
    if (before === DELIMITER) return BONUS_AFTER_DELIMITER;
    if (before === NON_WORD) return BONUS_BOUNDARY;
    if (before === LOWER && kind === UPPER) return BONUS_CAMEL;
    return before !== DIGIT && kind === DIGIT ? BONUS_CAMEL : 0;
  }
  if (kind === DELIMITER) return 0;
  return kind === WHITE ? BONUS_AFTER_WHITE : BONUS_BOUNDARY;
}

const ASCII_KINDS = Uint8Array.from({ length: 128 }, (_, code) => asciiKind(code));

function asciiKind(code: number): number {
  if (code >= 97 && code <= 122) return LOWER;
  if (code >= 65 && code <= 90) return UPPER;
  if (code >= 48 && code <= 57) return DIGIT;
  if (code === 32 || (code >= 9 && code <= 13)) return WHITE;
  return "/,:;|".includes(String.fromCharCode(code)) ? DELIMITER : NON_WORD;
}

function kindOf(code: number): number {
  return code < 128 ? (ASCII_KINDS[code] ?? NON_WORD) : otherKind(code);
}

const OTHER_KINDS = new Map<number, number>();

function otherKind(code: number): number {
  let kind = OTHER_KINDS.get(code);
  if (kind === undefined) {
    kind = kindOfCharacter(String.fromCharCode(code));
    OTHER_KINDS.set(code, kind);
  }
  return kind;
}

function kindOfCharacter(char: string): number {
  if (/\p{Ll}/u.test(char)) return LOWER;
  if (/\p{Lu}/u.test(char)) return UPPER;
  if (/\p{N}/u.test(char)) return DIGIT;
  if (/\p{Alphabetic}/u.test(char)) return LETTER;
  return /\s/u.test(char) ? WHITE : NON_WORD;
}

/** How characters are compared: by folding both sides. */
export interface Folding {
  ignoreCase: boolean;
  /** Accented Latin letters count as their plain ones. */
  plain: boolean;
}

/** How queries without capitals and accents are compared, which is how paths are kept. */
export const LOOSE: Folding = { ignoreCase: true, plain: true };

/** The code unit that stands for another one in comparisons. */
export function fold(code: number, folding: Folding): number {
  if (code < 128) return folding.ignoreCase && code >= 65 && code <= 90 ? code + 32 : code;
  return foldOther(code, folding);
}

const OTHER_FOLDS = [
  new Map<number, number>(),
  new Map<number, number>(),
  new Map<number, number>(),
  new Map<number, number>(),
];

function foldOther(code: number, { ignoreCase, plain }: Folding): number {
  const table = OTHER_FOLDS[Number(ignoreCase) + 2 * Number(plain)];
  const known = table?.get(code);
  if (known !== undefined) return known;
  let char = String.fromCharCode(code);
  if (plain) char = plainLetter(char);
  if (ignoreCase && char.toLowerCase().length === 1) char = char.toLowerCase();
  const folded = char.charCodeAt(0);
  table?.set(code, folded);
  return folded;
}

/** Letters that are not a plain one with a mark in Unicode, but are read as one. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: "s",
  ẞ: "S",
  ø: "o",
  Ø: "O",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ð: "d",
  ħ: "h",
  Ħ: "H",
  ı: "i",
};

function plainLetter(char: string): string {
  const special = PLAIN_LETTERS[char];
  if (special !== undefined) return special;
  const base = char.normalize("NFD")[0] ?? char;
  return /[A-Za-z]/.test(base) ? base : char;
}

/** Which of 32 groups of characters a code unit, folded loosely, belongs to: a bit. Paths lacking one cannot match. */
export function maskOf(folded: number): number {
  if (folded >= 97 && folded <= 122) return 1 << (folded - 97);
  if (folded >= 48 && folded <= 57) return 1 << 26;
  switch (folded) {
    case 0x2e:
      return 1 << 27;
    case 0x2f:
      return 1 << 28;
    case 0x5f:
      return 1 << 29;
    case 0x2d:
      return 1 << 30;
    default:
      return 1 << 31;
  }
}
