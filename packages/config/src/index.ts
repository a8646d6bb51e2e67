/** config.toml and its layers: reading, schema, profiles, requirements, features, trust, and comment-preserving edits. */

export {};
