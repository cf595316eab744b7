// The server takes what is sent, and its answer is lost on the way. Nobody reads that it was not sent, and nothing is sent twice.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { assertQuiet, live, openBrowser, PHONE, requestId, shows, sit } from "./support/people.mjs";
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

const UNSURE = "We don’t know whether this was sent. Try again: it is never sent twice.";
const send = (page) => page.getByRole("button", { name: "Send", exact: true });
const box = (page) => page.locator("textarea[data-draft]");
const written = (page, text) => page.locator("[data-timeline] .cm", { hasText: text });
const key = (page) => page.locator('form[data-comment] input[name="submission"]').inputValue();

/** The next form that is sent arrives or not, and no answer comes. */
async function loseNext(page, paths, arrives = true) {
  let isLost = false;
  await page.route(paths, async (route) => {
    if (route.request().method() !== "POST" || isLost) return route.continue();
    isLost = true;
    if (arrives) await route.fetch({ maxRedirects: 0 });
    await route.abort();
  });
}

async function open(name, isLive) {
  const person = await sit(browser, site, { name, screen: PHONE });
  const { context, page } = person;
  if (!isLive) {
    await context.addInitScript("delete window.SharedWorker");
    await page.route("**/events/**", (route) => route.abort());
  }
  const [list, link] = name === "mei" ? ["/service/?status=Pending", ".req:not(.req--urgent) h3 a"] : ["/admin/requests/", null];
  await page.goto(list);
  if (link) await page.locator(link).first().click();
  else await page.goto("/admin/requests/500/");
  await page.waitForURL(/\d+\/$/);
  assert.ok(requestId(page) > 0);
  if (isLive && name === "mei") await live(page);
  return person;
}

scene("a comment that comes back over the live stream takes the warning and the text with it", async () => {
  const person = await open("mei", true);
  const { page } = person;
  await loseNext(page, "**/comments/");
  await box(page).fill("Lost, but live.\nTwice over.");
  const before = await key(page);
  await send(page).click();
  await written(page, "Lost, but live.").waitFor();
  await page.locator(".msg[data-not-sent]").waitFor({ state: "detached" });
  await page.waitForFunction(() => document.querySelector("textarea[data-draft]").value === "");
  assert.notEqual(await key(page), before);
  await box(page).fill("The next one.");
  await send(page).click();
  await written(page, "The next one.").waitFor();
  await page.reload();
  assert.equal(await written(page, "Lost, but live.").count(), 1);
  assert.equal(await box(page).inputValue(), "");
  assertQuiet(person);
  await person.context.close();
});

scene("after a reload the page shows the comment, and the box is empty", async () => {
  for (const name of ["mei", "ravi"]) {
    const person = await open(name, false);
    const { page } = person;
    await loseNext(page, "**/comments/");
    await box(page).fill(`Lost by ${name}.`);
    await send(page).click();
    await shows(page.locator(".msg[data-not-sent]"), UNSURE);
    assert.equal(await box(page).inputValue(), `Lost by ${name}.`);
    await page.reload();
    await written(page, `Lost by ${name}.`).waitFor();
    await page.waitForFunction(() => document.querySelector("textarea[data-draft]").value === "");
    assert.equal(await page.locator("[data-kept]").filter({ visible: true }).count(), 0);
    assert.equal(await written(page, `Lost by ${name}.`).count(), 1);
    await person.context.close();
  }
});

scene("what did not arrive is back after a reload with its key, and is sent once", async () => {
  const person = await open("mei", true);
  const { page } = person;
  await loseNext(page, "**/comments/", false);
  await box(page).fill("Never left.");
  const before = await key(page);
  await send(page).click();
  await shows(page.locator(".msg[data-not-sent]"), UNSURE);
  await page.reload();
  assert.equal(await box(page).inputValue(), "Never left.");
  await shows(page.locator("[data-kept]"), UNSURE);
  assert.equal(await key(page), before);
  await send(page).click();
  await written(page, "Never left.").waitFor();
  await page.reload();
  assert.equal(await written(page, "Never left.").count(), 1);
  assert.equal(await box(page).inputValue(), "");
  await person.context.close();
});

scene("a new request whose answer was lost is answered by the first one after a reload", async () => {
  const { context, page } = await sit(browser, site, { name: "mei" });
  await page.goto("/service/create/");
  await page.getByRole("radio", { name: "Billing" }).check();
  await page.getByLabel("What is happening?").fill("A bill with a lost answer.");
  await loseNext(page, "**/service/create/");
  await page.getByRole("button", { name: "Send request" }).click();
  await shows(page.locator(".msg[data-not-sent]"), UNSURE);
  await page.reload();
  await shows(page.locator("[data-kept]"), UNSURE);
  await page.getByRole("button", { name: "Send request" }).click();
  await page.waitForURL(/\/received\//);
  await page.goto("/service/");
  assert.equal(await page.getByRole("link", { name: "A bill with a lost answer." }).count(), 1);
  await context.close();
});

scene("a refusal takes the word about the last comment away", async () => {
  const person = await open("mei", true);
  const { page } = person;
  await box(page).fill("Taken at once.");
  await send(page).click();
  await page.locator(".toast").waitFor();
  await send(page).click();
  await page.locator("[data-form-errors] [role=alert]").waitFor();
  assert.equal(await page.locator(".toast").count(), 0);
  await person.context.close();
});

scene("without scripts Back and Send do not write a comment twice", async () => {
  const { context, page } = await sit(browser, site, { name: "mei", scripts: false });
  await page.goto("/service/?status=Pending");
  await page.locator(".req:not(.req--urgent) h3 a").first().click();
  await box(page).fill("Plainly once.");
  await send(page).click();
  await written(page, "Plainly once.").waitFor();
  await page.goBack();
  await box(page).fill("Plainly once.");
  await send(page).click();
  await written(page, "Plainly once.").waitFor();
  assert.equal(await written(page, "Plainly once.").count(), 1);
  await context.close();
});
