/** The app-server's JSON-RPC languages v1 and v2: types, schemas, validation, and mappings from core events. */

export {};
