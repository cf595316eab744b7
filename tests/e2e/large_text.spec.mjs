// With the largest text on the narrowest phone everything can be read, and phone numbers can be tapped: nothing is cut off, broken or
// covered, and nothing scrolls sideways.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { readings, readPages } from "./support/large_text.mjs";
import { customerPages, guestPages, staffPages } from "./support/pages.mjs";
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

const LINK = '<a href="tel:+18005550199"><b>1-800-555-0199</b></a>';
const GROUND = "<style>body { margin: 0; background: #fff; color: #000 } a { color: inherit }</style>";

// Each sample is wrong in one way, which the first word of its remark names; the last is right.
const SAMPLES = [
  ["sticks out of box", `<div class="box" style="background:#fff;padding:1rem;width:4rem;white-space:nowrap">${LINK}</div>`],
  ["cuts off", `<div class="box" style="overflow:hidden;width:4rem;white-space:nowrap">${LINK}</div>`],
  ["off the screen", `<div style="margin-left:-2rem;white-space:nowrap">${LINK}</div>`],
  ["is behind bar", `${LINK}<div class="bar" style="position:fixed;inset:0;background:#fff"></div>`],
  ["contrast of", `<div style="background:#8a0f08;color:#a3160e">${LINK}</div>`],
  ["contrast of", `<div style="background:linear-gradient(#fff,#000);color:#000">${LINK}</div>`],
  ["broken though", `<div style="width:4rem">${LINK}</div>`],
  ["is not drawn", LINK.replace("<b>", "<b style='font-size:0'>")],
  ["sticks out of its link", LINK.replace("<a ", "<a style='display:block;height:1rem' ").replace("<b>", "<b style='font-size:3rem'>")],
  ["", `<div style="padding:1rem">${LINK}</div>`],
];

scene("the measuring sees each fault of a made-up page, and none where there is none", async () => {
  const { page, context } = await sit(browser, site);
  for (const [fault, markup] of SAMPLES) {
    await page.setContent(`<!doctype html>${GROUND}${markup}`);
    const remarks = (await readings(page)).flatMap((reading) => reading.remarks);
    if (fault) assert.ok(remarks.some((remark) => remark.includes(fault)), `${fault} is not in ${JSON.stringify(remarks)}`);
    else assert.deepEqual(remarks, []);
  }
  await context.close();
});

scene("pages of guests show whole numbers with large and spaced text on phones", async () => {
  await readPages(browser, site, { list: await guestPages(browser, site) });
});

scene("pages of a customer show whole numbers with large and spaced text on phones", async () => {
  const mei = await sit(browser, site, { name: "mei" });
  await readPages(browser, site, { name: "mei", list: await customerPages(mei) });
});

scene("pages of the desk can be read with twice the text and spaced text on phones", async () => {
  const ada = await sit(browser, site, { name: "ada" });
  await readPages(browser, site, { name: "ada", list: await staffPages(ada), sizes: [200], isDesk: true });
});

scene("many accents on one letter stay on their line", async () => {
  const { page, context } = await sit(browser, site, { name: "mei" });
  const accents = "\u0301".repeat(60);
  const inked = async (words) => {
    await page.goto("/service/");
    const title = page.locator(".req h3 a").first();
    await title.evaluate((link, said) => (link.textContent = said), words);
    const box = await title.locator("xpath=..").boundingBox();
    const above = { x: box.x, y: box.y - 12, width: box.width, height: 6 };
    return (await page.screenshot({ clip: above })).toString("base64");
  };
  assert.equal(await inked(`Gaaa${accents}`), await inked("Gaaa"));
  await context.close();
});
