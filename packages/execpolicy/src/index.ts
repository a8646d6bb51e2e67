/** Command rules: reads *.rules files and decides allow, prompt or forbidden; the legacy policy language beside it. */

export {};
