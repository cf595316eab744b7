// A day in the queue: whoever comes back from a request finds the list as it was, and every key of the help works.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { resolveEmergency } from "./support/end_question.mjs";
import { assertQuiet, counts, live, openBrowser, requestId, shows, sit } from "./support/people.mjs";
import { reportLeak } from "./support/report.mjs";
import { Site } from "./support/site.mjs";
import { scene } from "./support/story.mjs";

const LIST = "/admin/requests/?status=Pending&sort=oldest";
const SHORT = { width: 1440, height: 500 };

let site, browser, ravi, sofia;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  ravi = await sit(browser, site, { name: "ravi", screen: SHORT });
  sofia = await sit(browser, site, { name: "sofia" });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const rows = (page) => page.locator("[data-rows] [data-row]");
const cursor = (page) => page.locator("[data-row].is-cursor").getAttribute("id");
const top = (page) => page.evaluate(() => window.scrollY);
const focused = (page) => page.evaluate(() => document.activeElement.textContent.trim());
const pathOf = (page) => page.url().replace(/^https?:\/\/[^/]+/, "");

async function secondPage(page) {
  await page.goto(LIST);
  await page.getByRole("link", { name: "Next page" }).click();
  await page.waitForURL(/at=/);
  return pathOf(page);
}

async function openRow(page, row) {
  await row.locator(".q-open").click();
  await page.waitForURL(/\/admin\/requests\/\d+\//);
}

scene("U leads back to the same page of the list, the same scroll position and the same row", async () => {
  const { page } = ravi;
  const list = await secondPage(page);
  const row = rows(page).nth(12);
  const id = await row.getAttribute("id");
  await row.scrollIntoViewIfNeeded();
  const before = await top(page);
  assert.ok(before > 0);
  await openRow(page, row);
  await shows(page.locator(".crumbs"), "All open");
  await page.keyboard.press("u");
  await page.waitForURL((url) => `${url.pathname}${url.search}` === list);
  assert.equal(await cursor(page), id);
  assert.equal(await top(page), before);
  assert.equal(pathOf(page), list);
});

scene("after resolving, Back and U lead to the list, where the cursor is on the row that came in its place", async () => {
  const { page } = ravi;
  for (const leave of [(p) => p.keyboard.press("u"), (p) => p.goBack()]) {
    const list = await secondPage(page);
    const ids = await rows(page).evaluateAll((all) => all.map((row) => row.id));
    await openRow(page, rows(page).nth(3));
    await page.getByRole("button", { name: "Mark as resolved" }).click();
    await shows(page.locator(".flash"), "is resolved");
    await leave(page);
    await page.waitForURL((url) => `${url.pathname}${url.search}` === list);
    await page.locator("[data-row].is-cursor").waitFor();
    assert.ok([ids[3], ids[4]].includes(await cursor(page)), await cursor(page));
  }
});

scene("without scripts the way back names the row", async () => {
  const plain = await sit(browser, site, { name: "sofia", scripts: false });
  const list = await secondPage(plain.page);
  const id = await rows(plain.page).nth(5).getAttribute("id");
  await openRow(plain.page, rows(plain.page).nth(5));
  await plain.page.locator(".crumbs a").first().click();
  assert.equal(pathOf(plain.page), `${list}#${id}`);
  await plain.context.close();
});

scene("J and K go to the neighbors of a request, in the order of its list", async () => {
  const { page } = ravi;
  await page.goto(LIST);
  const ids = await rows(page).evaluateAll((all) => all.map((row) => Number(row.id.slice(1))));
  await openRow(page, rows(page).nth(1));
  assert.equal(requestId(page), ids[1]);
  await page.keyboard.press("j");
  await page.waitForURL(new RegExp(`/requests/${ids[2]}/`));
  await page.keyboard.press("k");
  await page.waitForURL(new RegExp(`/requests/${ids[1]}/`));
  await page.getByRole("link", { name: "Next request" }).click();
  await page.waitForURL(new RegExp(`/requests/${ids[2]}/`));
  await page.keyboard.press("u");
  await page.waitForURL((url) => url.search === "?status=Pending&sort=oldest");
  assert.equal(await cursor(page), `r${ids[2]}`);
});

scene("the whole row opens, also in a new tab", async () => {
  const { page, context } = ravi;
  await page.goto(LIST);
  const row = rows(page).nth(2);
  const id = Number((await row.getAttribute("id")).slice(1));
  for (const place of [".q-status", ".q-age time"]) {
    const [tab] = await Promise.all([context.waitForEvent("page"), row.locator(place).click({ modifiers: ["Control"], force: true })]);
    await tab.waitForURL(new RegExp(`/requests/${id}/\\?list=`));
    await tab.close();
  }
  const [tab] = await Promise.all([context.waitForEvent("page"), row.locator(".q-who").click({ button: "middle", force: true })]);
  await tab.waitForURL(new RegExp(`/requests/${id}/`));
  await tab.close();
  await row.locator(".q-who").click({ force: true });
  await page.waitForURL(new RegExp(`/requests/${id}/`));
});

scene("F opens the filter, E is the button that changes the status", async () => {
  const { page } = ravi;
  await page.goto(LIST);
  await page.keyboard.press("f");
  assert.ok(await page.locator("details.menu[open] input:focus").count());
  await page.keyboard.press("Escape");
  await openRow(page, rows(page).first());
  await page.keyboard.press("e");
  assert.match(await focused(page), /^Mark as resolved/);
});

scene("a filter is chosen, shown with its value and taken off again", async () => {
  const { page } = ravi;
  await page.goto("/admin/requests/?status=Pending");
  await page.keyboard.press("f");
  await page.getByRole("checkbox", { name: /bill/i }).check();
  await page.locator("details[open]").getByRole("button", { name: "Apply" }).click();
  await page.waitForURL(/type=/);
  await shows(page.locator(".fchip.is-set"), /Type: .*bill/i);
  assert.match(await page.locator("h1").textContent(), /All open\s+\d+ of \d+/);
  await page.getByRole("link", { name: "Remove the filter Type" }).click();
  await page.waitForURL((url) => url.search === "?status=Pending");
  assert.equal(await page.locator(".fchip.is-set").count(), 0);
});

scene("a search as you type is one entry of the history, and Back leads to the list before it", async () => {
  const { page } = ravi;
  await page.goto("/admin/requests/?status=Resolved");
  const entries = await page.evaluate(() => history.length);
  await page.keyboard.press("/");
  for (const letter of "furnace") {
    await page.keyboard.type(letter);
    await page.waitForTimeout(320);
  }
  await page.waitForURL(/q=furnace/);
  assert.equal(await page.evaluate(() => history.length), entries + 1);
  await page.goBack();
  await page.waitForURL((url) => url.search === "?status=Resolved");
  await shows(page.locator("h1"), "Resolved");
  assert.equal(await page.getByRole("searchbox").inputValue(), "");
});

scene("a search typed while a list of the side bar is shown names the list, and leads out of it with its words", async () => {
  const { page } = ravi;
  await page.goto("/admin/requests/?status=Resolved&resolved=today");
  await page.getByRole("searchbox", { name: /Search by phone/ }).fill("nobodywrotethis");
  await shows(page.locator("[data-results]"), "List: Resolved today");
  assert.match(page.url(), /resolved=today/);
  await page.getByRole("link", { name: "Search all requests" }).click();
  await page.waitForURL((url) => url.search === "?q=nobodywrotethis");
  assert.equal(await page.getByRole("searchbox", { name: /Search by phone/ }).inputValue(), "nobodywrotethis");

  await page.goto("/admin/requests/?status=Resolved&resolved=today");
  await page.getByRole("searchbox", { name: /Search by phone/ }).fill("nobodywrotethis");
  await page.getByRole("link", { name: "Remove the filter List" }).click();
  await page.waitForURL((url) => url.search === "?q=nobodywrotethis");
});

scene("a leak that is resolved elsewhere leaves the red block, and what comes in live leads back too", async () => {
  const { page } = ravi;
  await page.goto("/admin/requests/?status=Resolved");
  await live(page);
  await reportLeak(site, { address: "9 Quarry Road" }, "127.0.4.1");
  const leak = page.locator("[data-emergencies] [data-row]", { hasText: "9 Quarry Road" });
  await leak.waitFor();
  const path = await leak.locator(".q-open").getAttribute("href");
  assert.match(path, /\?list=%3Fstatus%3DResolved$/);
  await sofia.page.goto(path);
  await resolveEmergency(sofia.page, "Repaired, no gas measured.");
  await leak.waitFor({ state: "detached" });
  await counts(page.locator("[data-emergencies] .pill--resolved"), 0);
  assertQuiet(ravi, sofia);
});

scene("an emergency that newer ones push out of the red block goes on in the list, and the numbers agree", async () => {
  const { page } = ravi;
  const ids = () => page.locator("[data-row]").evaluateAll((all) => all.map(({ id }) => id));
  for (let i = 1; i <= 3; ++i) await reportLeak(site, { address: `${i} Push Street` }, `127.0.7.${i}`);
  await page.goto("/admin/requests/?status=Pending&size=100");
  await live(page);
  const before = await ids();
  await reportLeak(site, { address: "4 Push Street" }, "127.0.7.4");
  await page.locator("[data-emergencies]", { hasText: "4 Push Street" }).waitFor();
  const now = await ids();
  assert.deepEqual(before.filter((id) => !now.includes(id)), [], "no row is lost");
  assert.equal(new Set(now).size, now.length, "no row is there twice");
  await shows(page.locator("h1 .num"), await page.locator("[data-open-count]").textContent());
});

scene("a row that changes under the keyboard keeps the focus", async () => {
  const { page } = ravi;
  await page.goto("/admin/requests/?status=Pending&type=billing");
  await live(page);
  await page.keyboard.press("j");
  const row = page.locator("[data-row].is-cursor");
  const id = await row.getAttribute("id");
  const words = await focused(page);
  await sofia.page.goto(`/admin/requests/${id.slice(1)}/`);
  await sofia.page.getByLabel("Message", { exact: true }).fill("Ravi is on this row.");
  await row.evaluate((old) => (window.oldRow = old));
  await sofia.page.getByRole("button", { name: "Send", exact: true }).click();
  await page.waitForFunction(() => !window.oldRow.isConnected);
  assert.equal(await focused(page), words);
  assert.equal(await page.evaluate(() => document.activeElement.closest("tr")?.id), id);
});
