// Saves a picture of every page, in both themes, on a phone and on a desktop:
//   node tests/e2e/screens.mjs FOLDER [words of page names]
// GAS_E2E_BINARY names the server. Not a test: for looking at.

import fs from "node:fs";
import path from "node:path";
import { DESKTOP, openBrowser, PHONE, sit } from "./support/people.mjs";
import { customerPages, guestPages, staffPages } from "./support/pages.mjs";
import { Site } from "./support/site.mjs";

const [folder, ...words] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node tests/e2e/screens.mjs FOLDER [words of page names]");
  process.exit(2);
}
fs.mkdirSync(folder, { recursive: true });

async function shoot(browser, site, name, list) {
  for (const theme of ["light", "dark"]) {
    const person = await sit(browser, site, { name });
    await person.context.addCookies([{ name: "theme", value: theme, url: site.url }]);
    for (const page of list) {
      for (const screen of [PHONE, DESKTOP]) {
        await person.page.setViewportSize(screen);
        await person.page.goto(page.path);
        await page.act?.(person.page);
        const file = path.join(folder, `${page.name}-${screen.width}-${theme}.png`);
        await person.page.screenshot({ path: file, fullPage: true });
      }
    }
    await person.context.close();
  }
}

const site = await Site.open();
const browser = await openBrowser();
const chosen = (list) => list.filter((page) => !words.length || words.some((word) => page.name.includes(word)));
const lists = [
  [undefined, (person) => guestPages(browser, site)],
  ["mei", customerPages],
  ["ada", staffPages],
];
for (const [name, listPages] of lists) {
  const person = await sit(browser, site, { name });
  const list = chosen(await listPages(person));
  await person.context.close();
  await shoot(browser, site, name, list);
}
await browser.close();
await site.close();
