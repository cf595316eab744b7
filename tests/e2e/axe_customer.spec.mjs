// Everybody can use every page of guests and customers, in both themes, on narrow and wide screens.

import { after, before } from "node:test";
import { lookAt } from "./support/axe.mjs";
import { customerPages, guestPages } from "./support/pages.mjs";
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

scene("pages of guests pass axe, do not scroll sideways and have no complaint", async () => {
  await lookAt(browser, site, { list: await guestPages(browser, site) });
});

scene("pages of a customer pass axe, do not scroll sideways and have no complaint", async () => {
  const mei = await sit(browser, site, { name: "mei" });
  await lookAt(browser, site, { name: "mei", list: await customerPages(mei) });
});
