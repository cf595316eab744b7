// The line of somebody who reports a gas leak is bad: no answer, somebody else's answer, a reload, Back.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { assertQuiet, fillSignIn, openBrowser, PHONE, shows, sit } from "./support/people.mjs";
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

const address = (page) => page.getByLabel("Where is the gas smell?");
const send = (page) => page.getByRole("button", { name: "Send the report" }).click();
const trapped = (page, answer) =>
  page.getByRole("group", { name: "Is anyone unable to leave?" }).getByRole("radio", { name: answer }).check();
const notSent = (page) => page.locator("[data-not-sent=leak]");

async function guest() {
  const person = await sit(browser, site, { screen: PHONE });
  await person.page.goto("/emergency/");
  return person;
}

/** Answers the next reports as a proxy does whose server is away, or a Wi-Fi portal. */
async function answerInstead(page, answer) {
  await page.route("**/emergency/", (route) => (route.request().method() === "POST" ? route.fulfill(answer) : route.fallback()));
}

for (const [what, answer] of [
  ["a proxy's 502", { status: 502, contentType: "text/html", body: "<h1>502 Bad Gateway</h1>" }],
  ["an empty 503", { status: 503, body: "" }],
  ["a Wi-Fi portal's page", { status: 200, contentType: "text/html", body: "<h1>Sign in to Free Wi-Fi</h1>" }],
]) {
  scene(`${what} is no answer: the page says whom to call, and sends it when the site answers`, async () => {
    const person = await guest();
    const { page } = person;
    await answerInstead(page, answer);
    await address(page).fill(`3 ${what} Street`);
    await trapped(page, "Yes");
    await send(page);
    await shows(notSent(page), /Call 911 now[\s\S]*Not sent\. Call us now:\s+1-800-555-0199/);
    assert.equal(await address(page).inputValue(), `3 ${what} Street`);
    await page.unroute("**/emergency/");
    await page.getByRole("heading", { name: "We have your report" }).waitFor();
    assertQuiet(person);
    await person.context.close();
  });
}

scene("a reload says again that it was not sent, and it goes by itself", async () => {
  const { page, context } = await guest();
  await address(page).fill("4 Reload Street");
  await answerInstead(page, { status: 502, body: "" });
  await send(page);
  await notSent(page).waitFor();
  await page.reload();
  await shows(notSent(page), /Not sent\. Call us now:/);
  assert.equal(await address(page).inputValue(), "4 Reload Street");
  await page.unroute("**/emergency/");
  await page.getByRole("heading", { name: "We have your report" }).waitFor();
  await page.goto("/emergency/");
  assert.equal(await notSent(page).count(), 0, "sent, so it is forgotten");
  await context.close();
});

scene("Back after an error brings everything back, and sending it again shows the first report", async () => {
  const { page, context } = await guest();
  await page.getByLabel("Your phone number").fill("(212) 555-0133");
  await page.getByLabel("Your name").fill("Ann");
  await send(page);
  await page.locator("#address-error").waitFor();
  await address(page).fill("12 Back Road");
  await send(page);
  await page.getByRole("heading", { name: "We have your report" }).waitFor();
  await page.goBack();
  await address(page).waitFor();
  assert.equal(await address(page).inputValue(), "12 Back Road");
  assert.equal(await page.getByLabel("Your phone number").inputValue(), "(212) 555-0133");
  assert.equal(await page.getByLabel("Your name").inputValue(), "Ann");
  await send(page);
  await page.getByText("We already have your report").first().waitFor();
  await context.close();
});

scene("without a line the private page stays, with its numbers, and says that it may be old", async () => {
  const { page, context } = await guest();
  await address(page).fill("5 Follow Street");
  await trapped(page, "Not sure");
  await send(page);
  await page.getByRole("heading", { name: "We have your report" }).waitFor();
  await shows(page.locator("main"), /Could someone still be inside\?\s+Call 911 first\./);
  const reference = await page.locator(".bigref").innerText();
  await context.setOffline(true);
  await page.getByRole("link", { name: "Check for updates" }).click();
  await shows(page.locator("[data-no-line]"), /what you see may be old[\s\S]*1-800-555-0199/);
  assert.equal(await page.locator(".bigref").innerText(), reference);
  await context.setOffline(false);
  await page.getByRole("link", { name: "Check for updates" }).click();
  await page.locator("[data-no-line]").waitFor({ state: "hidden" });
  await context.close();
});

/** Lets the next report reach the site and never answers, as a dead line does. */
async function neverAnswer(page, path) {
  await page.route(path, (route) => (route.request().method() === "POST" ? void route.fetch() : route.fallback()), { times: 1 });
}

scene("a dead line: after ten seconds the page says whom to call, keeps trying, and makes no second report", async () => {
  const person = await guest();
  const { page } = person;
  await neverAnswer(page, "**/emergency/");
  await address(page).fill("6 Dead Line Street");
  await trapped(page, "Yes");
  await send(page);
  await shows(notSent(page), /Call 911 now[\s\S]*Not sent yet\. Don’t wait: call us now, from outside:\s+1-800-555-0199[\s\S]*We keep trying\./);
  assert.ok(!(await notSent(page).innerText()).includes("Keep this page open"));
  await page.getByRole("heading", { name: "We have your report" }).waitFor();
  assertQuiet(person);
  assert.equal(site.sql("SELECT count(*) FROM service_servicerequest WHERE address = '6 Dead Line Street'"), "1");
  await person.context.close();
});

scene("a dead line: Try again gives up the old request, also for a customer's leak and for a comment on an open one", async () => {
  const { page, context } = await sit(browser, site, { name: "mei", screen: PHONE });
  await page.goto("/service/create/");
  await page.getByRole("radio", { name: /Gas Leak/ }).check();
  await page.getByLabel("What is happening?").fill("It hisses on the dead line");
  await neverAnswer(page, "**/service/create/");
  await page.getByRole("button", { name: "Send request" }).click();
  await shows(notSent(page), /Not sent yet\. Don’t wait: call us now, from outside:/);
  await notSent(page).getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { name: "We have your report" }).waitFor();
  assert.equal(site.sql("SELECT count(*) FROM service_servicerequest WHERE description = 'It hisses on the dead line'"), "1");

  await page.goto(page.url().replace(/received\/.*/, ""));
  await context.setOffline(true);
  await page.getByLabel("Your comment").fill("Stronger now");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await shows(notSent(page), /Not sent\. Call us now:\s+1-800-555-0199/);
  await context.setOffline(false);
  await shows(page.locator("[data-timeline]"), "Stronger now");
  assert.equal(await notSent(page).count(), 0);
  assert.equal(await page.getByLabel("Your comment").inputValue(), "");
  await context.close();
});

scene("a leak sent after the session ended is a guest's report, with and without scripts", async () => {
  for (const scripts of [true, false]) {
    const { page, context } = await sit(browser, site, { name: "mei", scripts });
    await page.goto("/service/create/");
    await page.getByRole("radio", { name: /Gas Leak/ }).check();
    await page.getByLabel("What is happening?").fill(`After the session, scripts: ${scripts}`);
    // While it is sent: a moment earlier the live page might cover itself.
    await page.route("**/service/create/", (route) => {
      site.sql("DELETE FROM auth_session WHERE user_id = (SELECT id FROM auth_user WHERE username = 'mei')");
      return route.continue();
    });
    await page.getByRole("button", { name: "Send request" }).click();
    await page.getByRole("heading", { name: "We have your report" }).waitFor();
    assert.match(page.url(), /\/emergency\/report\//);
    await context.close();
  }
});

for (const scripts of [true, false]) {
  scene(`a comment on an open leak after the session ended says first whom to call, scripts: ${scripts}`, async () => {
    const { page, context, complaints } = await sit(browser, site, { name: "mei", scripts, screen: PHONE });
    await page.goto("/service/create/");
    await page.getByRole("radio", { name: /Gas Leak/ }).check();
    await page.getByLabel("What is happening?").fill(`It hisses in the cellar, scripts: ${scripts}`);
    await trapped(page, "Yes");
    await page.getByRole("button", { name: "Send request" }).click();
    await page.getByRole("heading", { name: "Call 911 now" }).waitFor();
    const own = page.url().replace(/received\/.*/, "");
    await page.goto(own);
    await page.getByLabel("Your comment").fill("Now it hisses louder");
    // While it is sent: a moment earlier the live page might cover itself.
    await page.route("**/comments/", (route) => {
      site.sql("DELETE FROM auth_session WHERE user_id = (SELECT id FROM auth_user WHERE username = 'mei')");
      return route.continue();
    });
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await shows(page.locator("main"), "Your message was not sent");
    await page.getByRole("heading", { level: 1, name: "Call 911 now" }).waitFor();
    const words = await page.locator("main").innerText();
    assert.match(words, /Call 911 now[\s\S]*Your message was not sent\s+After 911, call us:\s+1-800-555-0199[\s\S]*You were signed out/);
    assert.match(await page.title(), /^Call 911 now\. Your message was not sent/);
    if (scripts) {
      assert.ok(await page.evaluate(() => document.activeElement?.matches("[data-refused]")), "it is read out");
      // The stream says it too, a moment later.
      await page.waitForTimeout(2500);
      assert.ok(await page.getByRole("heading", { level: 1, name: "Call 911 now" }).isVisible());
    }
    await fillSignIn(page, "mei");
    await page.waitForURL(own);
    assert.equal(await page.getByLabel("Your comment").inputValue(), "Now it hisses louder");
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

scene("the whole head of the private page changes when the report is resolved", async () => {
  const person = await guest();
  const { page, context } = person;
  await address(page).fill("7 Resolved Street");
  await trapped(page, "Yes");
  await send(page);
  await page.getByRole("heading", { name: "Call 911 now" }).waitFor();
  assert.equal(await page.locator(".estrip").count(), 0, "two numbers would compete");
  site.sql("UPDATE service_servicerequest SET status = 'Resolved', resolved_at = submitted_at WHERE address = '7 Resolved Street'");
  await page.getByRole("link", { name: "Check for updates" }).click();
  await page.getByRole("heading", { level: 1, name: "This report is closed" }).waitFor();
  assert.equal(await page.getByText("Call 911").count(), 0);
  assert.match(await page.title(), /^This report is closed/);
  await shows(page.locator(".estrip"), "1-800-555-0199");
  assert.ok(await page.locator(".estrip svg use").evaluate((use) => document.querySelector(use.getAttribute("href")) !== null), "with its icon");
  assertQuiet(person);
  await context.close();
});
