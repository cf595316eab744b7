// A leak comes in while four of the staff are on four pages: each of them sees it until one says "I have it".

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { assertQuiet, becomes, counts, DESKTOP, live, openBrowser, PHONE, shows, sit } from "./support/people.mjs";
import { reportLeak } from "./support/report.mjs";
import { Site } from "./support/site.mjs";
import { step } from "./support/story.mjs";

const PHONE_NUMBER = "518 555 0123";

let site, browser, ada, sofia, ravi, plain, omar;

const desk = () => [ada, sofia, ravi, omar];
const alarms = (page) => page.locator("[data-alarm]");
const bar = (page) => page.locator("[data-alarms]");

let senders = 0;

// Each from somebody else: many of one sender are one line (false_reports.spec.mjs).
function report(form) {
  return reportLeak(site, form, `127.0.0.${++senders}`);
}

async function countOn(page) {
  return Number(await page.locator("[data-emergency-count]").first().textContent());
}

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  ada = await sit(browser, site, { name: "ada" });
  sofia = await sit(browser, site, { name: "sofia" });
  ravi = await sit(browser, site, { name: "ravi" });
  omar = await sit(browser, site, { name: "ada", screen: PHONE });
  plain = await sit(browser, site, { name: "sofia", scripts: false });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

step("all that is open at the start is taken, and becomes one line", async () => {
  await ada.page.goto("/admin/requests/?status=Resolved");
  await live(ada.page);
  for (let left = await alarms(ada.page).count(); left > 0; left = await alarms(ada.page).count()) {
    const name = await alarms(ada.page).first().getAttribute("data-alarm");
    await alarms(ada.page).first().getByRole("button", { name: "I have it" }).press("Enter");
    await ada.page.locator(`[data-alarm="${name}"]`).waitFor({ state: "detached" });
  }
  await shows(bar(ada.page).locator(".alarm--folded"), /leaks? in hand/);
  await counts(ada.page.locator("[data-emergencies] [data-row]"), 0);
  await shows(ada.page.locator("[data-emergencies] .pin--taken"), /leaks? in hand/);
});

step("a leak is on the users page, the overview, a request page and a phone at once", async () => {
  await ravi.page.goto("/admin/requests/?q=kitchen+range");
  const request = await ravi.page.getByRole("link", { name: /kitchen range/ }).first().getAttribute("href");
  const paths = ["/admin/users/", "/admin/", request, "/admin/requests/?status=Resolved"];
  await Promise.all(desk().map(({ page }, number) => page.goto(paths[number])));
  await Promise.all(desk().map(({ page }) => page.locator('[data-live-state][data-state="on"]').waitFor({ state: "attached" })));
  const before = await countOn(ada.page);
  await ravi.page.getByLabel("Message", { exact: true }).fill("We come tomorrow.");
  await report({ address: "77 Foundry Row", phone: PHONE_NUMBER, strength: "strong", place: "inside", unable_to_leave: "yes" });
  for (const { page } of desk()) {
    await shows(alarms(page), "77 Foundry Row");
    await shows(alarms(page), "Person can’t leave");
    assert.match(await alarms(page).locator("[data-age]").textContent(), /^0:\d\d$/);
    await page.waitForFunction(() => /^\(!\) New emergency/.test(document.title));
    await page.locator('link[rel="icon"][href*="icon_alarm"]').waitFor({ state: "attached" });
    await counts(alarms(page).getByRole("link", { name: "(518) 555-0123" }), 1);
    await becomes(() => countOn(page), before + 1);
  }
  const followed = sofia.page.locator('[data-follows="emergencies"]');
  await becomes(async () => Number(await followed.textContent()), before + 1);
  await shows(sofia.page.locator("[data-emergencies] [data-row]"), "77 Foundry Row");
});

step("the bar stays under the header while the page is scrolled, and names what is new once", async () => {
  const { page } = ada;
  await page.mouse.wheel(0, 3000);
  assert.ok(await alarms(page).isVisible());
  const box = await bar(page).boundingBox();
  assert.ok(box.y >= 0 && box.y < 120, `bar at ${box.y}`);
  await shows(page.locator("[data-alarm-said]"), "77 Foundry Row");
});

step("who has looked keeps the mark and not the flash", async () => {
  const { page } = ada;
  await page.waitForTimeout(2_100);
  await page.mouse.click(700, 600);
  await page.waitForFunction(() => /^\(!\) (?!New emergency)/.test(document.title));
  await page.reload();
  assert.match(await page.title(), /^\(!\) (?!New emergency)/);
  assert.ok(await alarms(page).isVisible());
});

step("Ravi has it: the text that he types stays, and it is one line for everybody", async () => {
  await alarms(ravi.page).getByRole("button", { name: "I have it" }).press("Enter");
  await shows(ravi.page.locator(".toast"), "You have it: 77 Foundry Row");
  assert.equal(await ravi.page.getByLabel("Message", { exact: true }).inputValue(), "We come tomorrow.");
  for (const { page } of desk()) {
    await alarms(page).waitFor({ state: "detached" });
    await shows(bar(page).locator(".alarm--folded"), /leaks? in hand/);
    assert.doesNotMatch(await page.title(), /^\(!\)/);
  }
  await sofia.page.locator("[data-emergencies] [data-row]").waitFor({ state: "detached" });
});

step("its page says who has it, and that it is Ravi himself to Ravi", async () => {
  await sofia.page.goto("/admin/requests/?status=Pending&type=gas-leak");
  const row = sofia.page.locator("[data-row]", { hasText: "77 Foundry Row" });
  await shows(row, "Ravi Patel has it");
  await shows(row, "Person can’t leave");
  const path = await row.locator(".q-title > a").getAttribute("href");
  await sofia.page.goto(path);
  await shows(sofia.page.locator(".estrip"), "Ravi Patel has it");
  await shows(sofia.page.locator(".audit"), "Ravi Patel");
  await ravi.page.goto(path);
  await shows(ravi.page.locator(".estrip"), "You have it");
});

step("two press at the same time: one has it, the other reads who was faster", async () => {
  await ada.page.goto("/admin/accounts/");
  await sofia.page.goto("/admin/");
  await report({ address: "4 Market Square" });
  for (const { page } of [ada, sofia]) await shows(alarms(page), "4 Market Square");
  const path = await alarms(ada.page).locator("[data-take]").getAttribute("formaction");
  // Sofia's page does not hear of it any more.
  await sofia.context.setOffline(true);
  await shows(sofia.page.locator("[data-live-state]"), "Reconnecting");
  await alarms(ada.page).getByRole("button", { name: "I have it" }).press("Enter");
  await alarms(ada.page).waitFor({ state: "detached" });
  await sofia.context.setOffline(false);
  const token = await sofia.page.locator('#take [name="csrf"]').inputValue();
  const answer = await sofia.context.request.post(path, { form: { csrf: token }, headers: { accept: "text/html; fragment", origin: site.urlFor("sofia") } });
  assert.match(await answer.text(), /Ada \S+ already has this one/);
});

step("a page that is not live says so under the header, and never that it is", async () => {
  const { page } = sofia;
  await page.goto("/admin/users/");
  await live(page);
  await sofia.context.setOffline(true);
  await shows(page.locator("[data-not-live]"), "Not live since");
  assert.ok(await page.locator("[data-live-on]").isHidden());
  await sofia.context.setOffline(false);
  await live(page);
  await page.locator("[data-not-live]").waitFor({ state: "hidden" });
});

step("without scripts it is on every page, and taking it leads back to where it was pressed", async () => {
  const { page } = plain;
  await report({ address: "31 Ferry Street", strength: "clear" });
  await page.goto("/admin/users/?role=customer");
  await shows(alarms(page), "31 Ferry Street");
  await alarms(page).getByRole("button", { name: "I have it" }).click();
  assert.equal(new URL(page.url()).pathname, "/admin/users/");
  await shows(page.locator(".flash"), "You have it");
  await counts(alarms(page), 0);
});

step("three new ones on a phone are the newest, the longest waiting and a line, and leave the page visible", async () => {
  const { page } = omar;
  await page.goto("/admin/requests/");
  await page.locator('[data-live-state][data-state="on"]').waitFor({ state: "attached" });
  for (const street of ["1 Oak Lane", "2 Oak Lane", "3 Oak Lane"]) await report({ address: street, phone: PHONE_NUMBER });
  await shows(alarms(page).first(), "3 Oak Lane");
  await shows(bar(page).locator(".narrow"), "1 more that nobody has");
  await counts(alarms(page).filter({ visible: true }), 2);
  await shows(alarms(page).filter({ visible: true }).last(), "1 Oak Lane");
  const box = await bar(page).boundingBox();
  assert.ok(box.height < PHONE.height / 3, `${box.height} px high`);
  await page.setViewportSize(DESKTOP);
  await counts(alarms(page).filter({ visible: true }), 3);
  assertQuiet(ada, ravi, omar);
});

step("a second press in the moment after a line went takes no other one", async () => {
  const { page } = omar;
  await page.waitForTimeout(1_100);
  const { first, second, left } = await page.evaluate(async () => {
    const lines = document.querySelector("[data-alarm-lines]");
    const press = () => {
      const button = lines.querySelector("[data-take]");
      button.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail: 1 }));
      return button.closest("[data-alarm]").dataset.alarm;
    };
    const gone = new Promise((tell) => new MutationObserver(tell).observe(lines, { childList: true }));
    const pressed = { first: press() };
    await gone;
    pressed.second = press();
    await new Promise((done) => setTimeout(done, 700));
    return { ...pressed, left: [...lines.querySelectorAll("[data-alarm]")].map((line) => line.dataset.alarm) };
  });
  assert.notEqual(first, second);
  assert.ok(left.includes(second) && !left.includes(first), `${first}, ${second}: ${left}`);
  await counts(alarms(page), 2);
});

step("sound and notification are asked for once on a device", async () => {
  const { page } = ada;
  await page.goto("/admin/users/");
  await page.locator("[data-alerts-ask]").getByRole("button", { name: "No" }).click();
  await page.locator("[data-alerts-ask]").waitFor({ state: "hidden" });
  await page.goto("/admin/");
  assert.ok(await page.locator("[data-alerts-ask]").isHidden());
  await page.locator("summary.iconbtn").click();
  await page.getByRole("button", { name: "Emergency sound: off" }).click();
  await shows(page.locator("[data-alerts-toggle]"), "Emergency sound: on");
});
