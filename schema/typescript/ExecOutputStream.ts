// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Which stream a piece of output came from. */
export type ExecOutputStream = "stdout" | "stderr";
