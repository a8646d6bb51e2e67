/** For tests only: a scriptable fake model server, temporary homes, and running the built executable. */

export {};
