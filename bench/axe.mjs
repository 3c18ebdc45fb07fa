// Pages in headless Chromium: axe-core's violations, console messages and requests, light, dark and printed, on a phone and wide.
//
// usage: node bench/axe.mjs PAGE.html... [--shots DIR]   with axe-core and playwright-core to be found by node:
//        npm install --prefix DIR axe-core playwright-core, then NODE_PATH=DIR/node_modules; CHROMIUM names the browser.
//
// Exit code 1 where anything was found. Content security policies are bypassed only for putting axe-core into the page, in a
// second visit; errors and requests are counted in a first one, under the page's own policy.

import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core"), "utf8");

const given = process.argv.slice(2);
const at = given.indexOf("--shots");
const shots = at < 0 ? null : given.splice(at, 2)[1];
const LOOKS = [
  { name: "light", emulate: { media: "screen", colorScheme: "light" } },
  { name: "dark", emulate: { media: "screen", colorScheme: "dark" } },
  { name: "print", emulate: { media: "print", colorScheme: "light" } },
];
const WIDTHS = [390, 1440];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});

async function opened(url, width, look, bypassCSP) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP });
  const page = await context.newPage();
  const heard = [];
  page.on("console", (m) => heard.push(`console ${m.type()}: ${m.text()}`));
  page.on("pageerror", (e) => heard.push(`error: ${e.message}`));
  page.on("request", (r) => r.url() !== url && !r.url().startsWith("data:") && heard.push(`request: ${r.url()}`));
  await page.emulateMedia(look.emulate);
  await page.goto(url);
  return { context, page, heard };
}

async function looked(file, width, look) {
  const url = pathToFileURL(resolve(file)).href;
  const plain = await opened(url, width, look, false);
  const wider = await plain.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wider > 0) plain.heard.push(`the page is ${wider} pixels wider than the window`);
  if (shots) {
    mkdirSync(shots, { recursive: true });
    const path = `${shots}/${basename(file, ".html")}-${width}-${look.name}.png`;
    await plain.page.screenshot({ path, fullPage: true });
  }
  await plain.context.close();
  const tested = await opened(url, width, look, true);
  await tested.page.evaluate(axe);
  const found = await tested.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations", "incomplete"] }));
  await tested.context.close();
  return { ...found, heard: plain.heard };
}

let violations = 0, heard = 0, incomplete = 0, looks = 0;
for (const file of given) {
  for (const width of WIDTHS) {
    for (const look of LOOKS) {
      const found = await looked(file, width, look);
      looks += 1;
      violations += found.violations.length;
      heard += found.heard.length;
      incomplete += found.incomplete.length;
      console.log(`${basename(file)} ${width} ${look.name}: ${found.violations.length} violations, ${found.passes.length} passed, ${found.incomplete.length} to look at, ${found.heard.length} messages and requests`);
      for (const v of found.violations) console.log(`  ${v.id} (${v.impact}): ${v.help}; ${v.nodes.length}x, first ${v.nodes[0].target} ${v.nodes[0].failureSummary.replaceAll("\n", " ")}`);
      for (const v of found.incomplete) console.log(`  to look at: ${v.id}: ${v.nodes.length}x, first ${v.nodes[0].target} ${v.nodes[0].any.map((a) => a.message).join(" ")}`);
      for (const line of found.heard) console.log(`  ${line}`);
    }
  }
}
console.log(`${looks} looks: ${violations} violations, ${heard} messages and requests, ${incomplete} to look at by eye`);
await browser.close();
process.exit(violations || heard ? 1 : 0);
