/** Appends many rules to a file, from a process of its own: `append-many.mjs ENTRY FILE NAME COUNT`. */

const [entry, file, name, count] = process.argv.slice(2);
const { appendAllowRule } = await import(entry);
for (let index = 0; index < Number(count); index += 1) await appendAllowRule(file, [name, String(index)]);
