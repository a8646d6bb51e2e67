/** Lets Node run this package's sources: they import each other as `.js`, the form that they have once built. */

import { registerHooks } from "node:module";

const HERE = new URL("..", import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) => {
    const isOurs = specifier.startsWith(".") && context.parentURL?.startsWith(HERE) === true;
    return next(
      isOurs && !context.parentURL?.includes("node_modules") ? specifier.replace(/\.js$/, ".ts") : specifier,
      context,
    );
  },
});
