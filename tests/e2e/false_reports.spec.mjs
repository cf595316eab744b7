// Somebody sends a hundred false reports of gas leaks; the real one that comes after them is seen at once.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { assertQuiet, counts, live, openBrowser, shows, sit } from "./support/people.mjs";
import { reportLeak } from "./support/report.mjs";
import { Site } from "./support/site.mjs";
import { step } from "./support/story.mjs";

const FALSE = 105;
// Reports of one sender at the first ten streets are lines of their own: they may be households behind one IP address.
const SEPARATE = 10;
const FOLDED = FALSE - SEPARATE;
// Above those where everyone can leave, so that the site's own leaks are below.
const UNSURE = { unable_to_leave: "unknown" };
const REAL = "8 Elm Street, in the cellar";
// The newest two and the one that has waited longest.
const MOST_PINNED = 3;

let site, browser, ravi, sofia, already;

const pinned = (page) => page.locator("[data-emergencies] [data-row]");
const alarms = (page) => page.locator("[data-alarm]");
const open = async (page) => Number(await page.locator("[data-emergency-count]").first().textContent());
const notifications = async (page) => Number(await page.locator("[data-unread-number]").first().textContent());

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  ravi = await sit(browser, site, { name: "ravi" });
  sofia = await sit(browser, site, { name: "sofia" });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

step("a hundred of one sender are ten lines and ten notifications, with their true number", async () => {
  await ravi.page.goto("/admin/requests/?status=Resolved");
  await sofia.page.goto("/admin/");
  await Promise.all([live(ravi.page), live(sofia.page)]);
  already = { open: await open(ravi.page), rows: await pinned(ravi.page).count(), news: await notifications(ravi.page) };
  const leaks = sofia.page.locator("[data-figures] li", { hasText: "Gas Leak" }).locator(".num");
  const leaksBefore = Number(await leaks.textContent());
  for (let i = 0; i < FALSE; ++i) await reportLeak(site, { ...UNSURE, address: `${i} False Street` });
  for (const { page } of [ravi, sofia]) {
    await shows(page.locator("[data-emergency-count]"), String(already.open + FALSE));
    await shows(alarms(page).first(), "newest: 104 False Street");
    await shows(pinned(page).first(), `${FOLDED} more from this sender`);
    await shows(alarms(page).first(), `${FOLDED} other addresses`);
    await counts(pinned(page), Math.min(MOST_PINNED, already.rows + SEPARATE));
  }
  await shows(leaks, String(leaksBefore + FALSE));
  await ravi.page.reload();
  await shows(pinned(ravi.page).first(), `${FOLDED} more from this sender`);
  assert.equal(await notifications(ravi.page), already.news + SEPARATE);
});

step("the real one is on top of both, of the bar, and after a reload", async () => {
  await live(ravi.page);
  await reportLeak(site, { ...UNSURE, address: REAL }, "127.0.0.2");
  for (const { page } of [ravi, sofia]) {
    await shows(pinned(page).first(), REAL);
    await shows(alarms(page).first(), REAL);
    const ids = await pinned(page).evaluateAll((rows) => rows.map((row) => row.id));
    await page.reload();
    assert.deepEqual(await pinned(page).evaluateAll((rows) => rows.map((row) => row.id)), ids);
  }
});

step("its page lists the others, those elsewhere in bold, and calls all of them false at once", async () => {
  const { page } = sofia;
  await live(ravi.page);
  await alarms(page).filter({ hasText: "from this sender" }).getByRole("link", { name: `${FOLDED} more` }).click();
  const fold = page.locator("[data-fold]");
  await shows(fold, `${FOLDED + 1} reports from one sender`);
  await shows(fold.locator("b"), "104 False Street");
  await fold.getByRole("link", { name: `False alarm? Resolve all ${FOLDED + 1}` }).click();
  await page.getByText(`This resolves ${FOLDED + 1} gas leak reports.`).waitFor();
  // Sent while she reads: it is not among what she calls false.
  await reportLeak(site, { ...UNSURE, address: "105 Late Street" });
  await page.getByLabel("False alarm: we looked, and there was no leak").check();
  await page.getByLabel("How do you know?").fill("A prank");
  await page.getByRole("button", { name: `Yes, resolve all ${FOLDED + 1}` }).click();
  await shows(page.locator(".flash"), `${FOLDED + 1} reports are resolved as false alarms.`);
  await shows(page.locator(".audit"), "marked it as a false alarm: A prank");
  await shows(ravi.page.locator("[data-emergency-count]"), String(already.open + SEPARATE + 1));
  await shows(alarms(ravi.page).first(), "105 Late Street");
  await shows(alarms(ravi.page).nth(1), REAL);
});

step("many senders are many lines, three on top and a way to all of them", async () => {
  for (let i = 1; i <= 12; ++i) await reportLeak(site, { ...UNSURE, address: `${i} Many Street` }, `127.0.1.${i}`);
  const { page } = ravi;
  await shows(pinned(page).first(), "12 Many Street");
  await page.reload();
  await counts(pinned(page), MOST_PINNED);
  await shows(page.locator(".pin"), `${MOST_PINNED} of ${already.open + 13 + SEPARATE} open emergencies that nobody has`);
  await page.locator(".pin").getByRole("link", { name: "See all" }).click();
  await page.locator("h1", { hasText: "Emergencies" }).waitFor();
  await live(page);
  await reportLeak(site, { ...UNSURE, address: "1 Last Street" }, "127.0.2.1");
  await shows(page.locator("[data-row]").first(), "1 Last Street");
  await shows(page.locator("[data-emergency-words]"), `${already.open + 14 + SEPARATE} that nobody has`);
});

step("who presses \"I have all\" has what the page showed live, too", async () => {
  const { page } = sofia;
  await page.goto("/admin/");
  await live(page);
  for (let i = 0; i < 3; ++i) await reportLeak(site, { ...UNSURE, address: "7 Twin Court", notes: String(i) }, "127.0.2.2");
  const line = alarms(page).filter({ hasText: "7 Twin Court" });
  await shows(line, "2 more from this sender");
  await page.waitForTimeout(1100);
  await line.getByRole("button", { name: "I have all 3" }).click();
  await shows(page.locator(".toasts"), "You have all 3: 7 Twin Court");
  assertQuiet(ravi, sofia);
});
