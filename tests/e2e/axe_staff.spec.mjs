// Everybody can use every page of the desk, in both themes, on narrow and wide screens.

import { after, before } from "node:test";
import { lookAt } from "./support/axe.mjs";
import { staffPages } from "./support/pages.mjs";
import { openBrowser, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { scene } from "./support/story.mjs";

let site, browser;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

scene("pages of the desk pass axe, do not scroll sideways and have no complaint", async () => {
  const ada = await sit(browser, site, { name: "ada" });
  await lookAt(browser, site, { name: "ada", list: await staffPages(ada) });
});
