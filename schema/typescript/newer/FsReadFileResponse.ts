// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The bytes of a file. */
export type FsReadFileResponse = {
  dataBase64: string,
};
