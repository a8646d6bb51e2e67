// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The id of a JSON-RPC request: a string or an integer, echoed with its type. */
export type RequestId = string | number;
