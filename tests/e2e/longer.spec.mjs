// A pseudo-language: every text is two fifths longer, and still nothing is cut off on any page.

import { after, before } from "node:test";
import { lookAtPages } from "./support/layout.mjs";
import { customerPages, guestPages, staffPages } from "./support/pages.mjs";
import { openBrowser, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { scene } from "./support/story.mjs";

const LONGER = { longer: true, widths: [320, 390, 1100, 1440] };
let site, browser;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

scene("a guest's pages have room for a longer language", async () => {
  await lookAtPages(browser, site, { ...LONGER, list: await guestPages(browser, site) });
});

scene("a customer's pages have room for a longer language", async () => {
  const mei = await sit(browser, site, { name: "mei" });
  await lookAtPages(browser, site, { ...LONGER, name: "mei", list: await customerPages(mei) });
});

scene("the desk's pages have room for a longer language", async () => {
  const ada = await sit(browser, site, { name: "ada" });
  await lookAtPages(browser, site, { ...LONGER, name: "ada", list: await staffPages(ada) });
});
