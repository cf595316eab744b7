// A representative's whole day in one browser: fifteen tabs on one stream, told by the shared worker or, with
// `withoutWorkers`, by the tab that was elected.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { resolveEmergency } from "./end_question.mjs";
import { assertQuiet, counts, DESKTOP, live, openBrowser, requestId, shows, signIn, sit } from "./people.mjs";
import { Site } from "./site.mjs";
import { step } from "./story.mjs";

const TABS = 15;

function pathsFor(request) {
  const desk = ["/admin/", "/admin/users/", "/admin/accounts/", "/notifications/", "/admin/users/create/"];
  const queues = ["/admin/requests/", "/admin/requests/?status=Resolved", "/admin/requests/?type=billing"];
  return [request, ...queues, ...desk, request, "/account/", ...desk].slice(0, TABS);
}

async function reportByForm(page) {
  await page.goto("/service/create/");
  await page.getByRole("radio", { name: /Gas Leak/ }).check();
  await page.getByLabel("What is happening?").fill("It smells of gas in the cellar.");
  return page.getByRole("button", { name: "Send request" });
}

async function reportAsGuest(page, address) {
  await page.goto("/emergency/");
  await page.getByLabel("Where is the gas smell?").fill(address);
  return page.getByRole("button", { name: "Send the report" });
}

async function reopen(page, id) {
  await page.goto(`/service/${id}/`);
  await page.getByLabel("Your comment").fill("It smells again.");
  return page.getByRole("button", { name: "Send and reopen" });
}

export function tellOfTabs({ withoutWorkers = false } = {}) {
  let site, browser, ravi, sofia, mei, guest, tabs, leak;
  const bells = () => [tabs[0], tabs[1], tabs[5]];

  // Milliseconds from the durable answer to the alarm, the longest of the three kinds of page.
  async function ringing(button, words) {
    const before = await Promise.all(bells().map((tab) => tab.locator("[data-alarm]").count()));
    assert.deepEqual(before, [0, 0, 0], "nothing rings yet");
    const page = button.page();
    const sent = page.waitForResponse((answer) => answer.request().method() === "POST");
    const rung = bells().map((tab) => shows(tab.locator("[data-alarm]"), words).then(Date.now));
    await button.click();
    await sent;
    const committed = Date.now();
    const longest = Math.max(...(await Promise.all(rung))) - committed;
    await Promise.all(tabs.map((tab) => tab.locator("[data-alarm]").first().waitFor()));
    return longest;
  }

  async function takeAll() {
    const alarms = tabs[3].locator("[data-alarm]");
    for (let left = await alarms.count(); left > 0; left = await alarms.count()) {
      const name = await alarms.first().getAttribute("data-alarm");
      await alarms.first().getByRole("button", { name: "I have it" }).press("Enter");
      await tabs[3].locator(`[data-alarm="${name}"]`).waitFor({ state: "detached" });
    }
    await Promise.all(tabs.map((tab) => tab.locator("[data-alarm]").first().waitFor({ state: "detached" })));
  }

  before(async () => {
    site = await Site.open();
    browser = await openBrowser();
    ravi = await sit(browser, site, { screen: DESKTOP });
    if (withoutWorkers) await ravi.context.addInitScript("delete window.SharedWorker");
    await signIn(ravi.page, "ravi");
    sofia = await sit(browser, site, { name: "sofia" });
    mei = await sit(browser, site, { name: "mei" });
    guest = await sit(browser, site);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  step("fifteen tabs load and are live", async () => {
    await ravi.page.goto("/admin/requests/?q=kitchen+range");
    const request = await ravi.page.getByRole("link", { name: /kitchen range/ }).first().getAttribute("href");
    tabs = [ravi.page];
    await ravi.page.goto(request);
    for (const path of pathsFor(request).slice(1)) {
      const tab = await ravi.context.newPage();
      await tab.goto(path);
      tabs.push(tab);
    }
    assert.equal(tabs.length, TABS);
    await Promise.all(tabs.map(live));
  });

  step("the open emergencies ring in each until they are taken in one", async () => {
    await Promise.all(tabs.map((tab) => tab.locator("[data-alarm]").first().waitFor()));
    await takeAll();
    await tabs[5].reload();
    await live(tabs[5]);
    await counts(tabs[5].locator("[data-alarm]"), 0);
  });

  step("what is written on a request reaches both tabs that show it, once, and nobody else's", async () => {
    await sofia.page.goto(new URL(tabs[0].url()).pathname);
    const form = sofia.page.getByRole("form", { name: "Write" });
    await form.getByLabel("Message").fill("Somebody comes on Monday.");
    await form.getByRole("button", { name: "Send", exact: true }).click();
    const showing = tabs.filter((tab) => tab.url() === tabs[0].url());
    assert.equal(showing.length, 2);
    for (const tab of showing) {
      await shows(tab.locator("[data-timeline] .cm--staff"), "Somebody comes on Monday.");
      await counts(tab.locator("[data-timeline] .cm", { hasText: "Monday" }), 1);
      assert.equal(await tab.locator(".toast", { hasText: "wrote a comment" }).count(), 1);
    }
  });

  step("a leak sent by a signed-in customer rings on every page", async () => {
    console.error(`form: ${await ringing(await reportByForm(mei.page), "Gas Leak")} ms`);
    await mei.page.waitForURL(/\/service\/\d+\/received\//);
    leak = requestId(mei.page);
    await shows(tabs[5].locator("[data-emergencies] [data-row], [data-alarm]"), "Gas Leak");
    await shows(tabs[1].locator("[data-emergencies] [data-row]").first(), "smells of gas");
  });

  step("the side bar counts it on every page, and taken in one tab it is quiet in all", async () => {
    const count = async (tab) => Number(await tab.locator("[data-emergency-count]").first().textContent());
    const numbers = await Promise.all(tabs.map(count));
    assert.equal(new Set(numbers).size, 1, numbers.join());
    await takeAll();
  });

  step("a leak reported by a guest rings on every page, and opening it is no answer", async () => {
    console.error(`guest: ${await ringing(await reportAsGuest(guest.page, "77 Foundry Row"), "77 Foundry Row")} ms`);
    const alarm = tabs[4].locator("[data-alarm]");
    await alarm.getByRole("link", { name: "Open" }).click();
    await tabs[4].waitForURL(/\/admin\/requests\/\d+\//);
    await Promise.all(tabs.map((tab) => tab.locator("[data-alarm]").waitFor()));
    await takeAll();
  });

  step("taken, none is counted; resolved and reopened, it rings and counts again", async () => {
    const count = tabs[5].locator("[data-emergency-count]").first();
    await shows(count, "0");
    await sofia.page.goto(`/admin/requests/${leak}/`);
    await resolveEmergency(sofia.page, "The crew closed the valve.");
    await shows(sofia.page.locator(".reqhead .pill"), "Resolved");
    console.error(`reopened: ${await ringing(await reopen(mei.page, leak), "Gas Leak")} ms`);
    await shows(count, "1");
    await takeAll();
    await shows(count, "0");
  });

  step("the tab that was opened first may go: the others stay live", async () => {
    await tabs.shift().close();
    const first = tabs.find((tab) => new URL(tab.url()).pathname.startsWith("/admin/requests/"));
    tabs = [first, ...tabs.filter((tab) => tab !== first)];
    console.error(`guest: ${await ringing(await reportAsGuest(guest.page, "5 Kiln Lane"), "5 Kiln Lane")} ms`);
    await takeAll();
  });

  step("signing out in one tab is told to all, and none says that it is live", async () => {
    await tabs[2].locator("summary.iconbtn").click();
    await tabs[2].getByRole("button", { name: "Sign out" }).click();
    const others = tabs.filter((tab) => tab !== tabs[2]);
    await Promise.all(others.map((tab) => shows(tab.locator("[data-signed-out-page]"), "signed out")));
    for (const tab of others) assert.equal(await tab.locator("[data-live-state]").isVisible(), false);
    assertQuiet(ravi, sofia, mei, guest);
  });
}
