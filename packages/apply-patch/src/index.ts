/** Parses, plans and commits patches in the apply_patch format, all or nothing; also a program. */

export {};
