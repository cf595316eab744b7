// Somebody sends a hundred false reports of gas leaks; the real one that comes after them is seen at once.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { assertQuiet, live, openBrowser, shows, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { step } from "./support/story.mjs";

const PINNED = 10;
const REPORTS = 105;
const REAL = "8 Elm Street, in the cellar";

let site, browser, guest, ravi, sofia, already;

async function report(address) {
  const answer = await guest.context.request.post("/emergency/", { form: { address }, maxRedirects: 0 });
  assert.equal(answer.status(), 303);
}

function pinned(page) {
  return page.locator("[data-emergencies] [data-row]");
}

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  guest = await sit(browser, site);
  ravi = await sit(browser, site, { name: "ravi" });
  sofia = await sit(browser, site, { name: "sofia" });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

step("the queue and the overview say how many there are and lead to all of them", async () => {
  await ravi.page.goto("/admin/requests/");
  already = Number(await ravi.page.locator("[data-emergency-count]").textContent());
  for (let i = already; i < REPORTS; ++i) await report(`${i} False Street`);
  for (const [person, path] of [[ravi, "/admin/requests/?status=Resolved"], [sofia, "/admin/"]]) {
    await person.page.goto(path);
    await live(person.page);
    assert.equal(await pinned(person.page).count(), PINNED);
    await shows(pinned(person.page).first(), "104 False Street");
    await shows(person.page.locator(".pin"), "The newest 10 of 105 open emergencies");
    await person.page.locator(".pin").getByRole("link", { name: "See all" }).waitFor();
  }
});

step("a new one goes on top of both at once, where it also is after a reload", async () => {
  await report(REAL);
  for (const { page } of [ravi, sofia]) {
    await shows(pinned(page).first(), REAL);
    await shows(page.locator(".pin"), "The newest 10 of 106 open emergencies");
    await shows(page.locator("[data-emergency-badge]"), "106");
    assert.equal(await pinned(page).count(), PINNED);
    const ids = await pinned(page).evaluateAll((rows) => rows.map((row) => row.id));
    await page.reload();
    assert.deepEqual(await pinned(page).evaluateAll((rows) => rows.map((row) => row.id)), ids);
  }
});

step("a resolved one is no longer counted, on any page of the desk", async () => {
  await live(ravi.page);
  await sofia.page.locator("[data-emergencies] .q-title a").nth(1).click();
  await sofia.page.getByRole("button", { name: "Set Resolved" }).click();
  await shows(ravi.page.locator(".pin"), "The newest 10 of 105 open emergencies");
  await shows(ravi.page.locator("[data-emergency-badge]"), "105");
  await shows(sofia.page.locator("[data-emergency-badge]"), "105");
});

step("See all lists every one, page by page, and takes the next one on top", async () => {
  const { page } = ravi;
  await page.locator(".pin").getByRole("link", { name: "See all" }).click();
  await page.locator("h1", { hasText: "Emergencies" }).waitFor();
  await live(page);
  await report("1 Late Street");
  await shows(page.locator("[data-row]").first(), "1 Late Street");
  await page.reload();
  const seen = new Set();
  for (let more = true; more; ) {
    for (const id of await page.locator("[data-row]").evaluateAll((rows) => rows.map((row) => row.id))) seen.add(id);
    const next = page.getByRole("link", { name: "Next page" });
    more = (await next.count()) > 0;
    if (more) await next.click();
  }
  assert.equal(seen.size, 106);
  assertQuiet(ravi, sofia);
});
