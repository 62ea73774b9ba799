// Seconds of processor time that @mozilla/readability takes on linkedom for all pages, the best of some rounds: node readability.mjs PAGES.json ROUNDS
import { readFileSync } from "node:fs";
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";

const pages = JSON.parse(readFileSync(process.argv[2], "utf8"));

function readAll() {
  for (const page of pages) {
    try {
      new Readability(parseHTML(page.html).document).parse();
    } catch {
      // a page that the peer cannot read costs it only the time until it gave up
    }
  }
}

readAll();
let best = Infinity;
for (let round = 0; round < Number(process.argv[3]); round++) {
  const start = process.cpuUsage();
  readAll();
  const used = process.cpuUsage(start);
  best = Math.min(best, (used.user + used.system) / 1e6);
}
console.log(best.toFixed(3));
