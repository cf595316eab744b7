// Everything can be reached and seen with the keyboard alone.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { DESKTOP, openBrowser, PHONE, requestId, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { scene } from "./support/story.mjs";

const MOST_STOPS = 80;

let site, browser, ravi, mei;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  ravi = await sit(browser, site, { name: "ravi", screen: DESKTOP });
  mei = await sit(browser, site, { name: "mei", screen: PHONE });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

// Says what is wrong with the element that has the focus; null at the end of the page.
async function examine() {
  // What the stop before has left behind, the skip link say, is drawn away first.
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const hasRing = (node) =>
    ["", "::after"].some((part) => {
      const style = getComputedStyle(node, part || null);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
  const drawn = element.matches(".pick input, .seg input") ? element.nextElementSibling : element;
  const box = element.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const around = "label, li, .pick, .q-title, td, .affix, summary, .check";
  const isCovered = top && !element.contains(top) && !top.contains(element) && !top.closest(around);
  const name = `${element.tagName} ${element.id || element.className || element.textContent.trim().slice(0, 30)}`;
  if (!hasRing(element) && !hasRing(drawn)) return `${name} has no ring`;
  return isCovered ? `${name} is behind ${top.className}` : "";
}

async function walk(page, path) {
  await page.goto(path);
  const remarks = [];
  let stops = 0;
  for (; stops < MOST_STOPS; stops++) {
    await page.keyboard.press("Tab");
    const remark = await page.evaluate(examine);
    if (remark === null) break;
    if (remark) remarks.push(`${path}: ${remark}`);
  }
  assert.ok(stops > 5, `${path} has only ${stops} stops`);
  return remarks;
}

scene("the first stop skips to the content", async () => {
  for (const [person, path] of [[mei, "/"], [ravi, "/admin/requests/"]]) {
    await person.page.goto(path);
    await person.page.keyboard.press("Tab");
    assert.equal(await person.page.evaluate(() => document.activeElement.textContent), "Skip to main content");
    await person.page.keyboard.press("Enter");
    assert.equal(await person.page.evaluate(() => document.activeElement.id), "main");
  }
});

scene("every stop on a customer's pages shows a ring and is not covered", async () => {
  const remarks = [];
  for (const path of ["/", "/service/", "/service/create/", "/notifications/", "/account/"]) {
    remarks.push(...(await walk(mei.page, path)));
  }
  assert.deepEqual(remarks, []);
});

scene("every stop on the desk shows a ring and is not covered", async () => {
  const remarks = [];
  for (const path of ["/admin/", "/admin/requests/?status=Pending", "/admin/requests/500/", "/admin/users/"]) {
    remarks.push(...(await walk(ravi.page, path)));
  }
  assert.deepEqual(remarks, []);
});

scene("J and K move in the queue, Enter opens, / searches", async () => {
  const { page } = ravi;
  const cursor = () => page.locator("[data-row].is-cursor").getAttribute("id");
  await page.goto("/admin/requests/");
  const rows = await page.locator("[data-row]").evaluateAll((all) => all.map((row) => row.id));
  await page.keyboard.press("j");
  assert.equal(await cursor(), rows[0]);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await cursor(), rows[2]);
  await page.keyboard.press("k");
  assert.equal(await cursor(), rows[1]);
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "search");
  await page.keyboard.type("jk");
  assert.equal(await page.getByRole("searchbox").inputValue(), "jk");
  await page.goto("/admin/requests/");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/admin\/requests\/\d+\//);
  assert.equal(`r${requestId(page)}`, rows[0]);
});

scene("N and R choose who reads it and lead to the field", async () => {
  const { page } = ravi;
  await page.goto("/admin/requests/500/");
  await page.keyboard.press("n");
  assert.ok(await page.getByRole("radio", { name: "Internal note" }).isChecked());
  assert.equal(await page.evaluate(() => document.activeElement.id), "text");
  await page.keyboard.press("Escape");
  await page.locator("h1").click();
  await page.keyboard.press("r");
  assert.ok(await page.getByRole("radio", { name: "Reply" }).isChecked());
});

scene("Escape closes a menu and gives the focus back; ? lists the keys", async () => {
  const { page } = ravi;
  await page.goto("/admin/requests/");
  const menu = page.locator("details.menu.chip").first();
  await menu.locator("summary").focus();
  await page.keyboard.press("Enter");
  await menu.getByRole("checkbox").first().focus();
  await page.keyboard.press("Escape");
  assert.equal(await menu.getAttribute("open"), null);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "SUMMARY");
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
});
