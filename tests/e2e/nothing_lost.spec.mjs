// What somebody typed survives mistakes, impatience, an ended session, a colleague and the Back button.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { hugePhoto } from "./support/files.mjs";
import { assertQuiet, fillSignIn, openBrowser, shows, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { scene } from "./support/story.mjs";

let site, browser, mei, plain, sofia, ravi;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  mei = await sit(browser, site, { name: "mei" });
  plain = await sit(browser, site, { name: "mei", scripts: false });
  ravi = await sit(browser, site, { name: "ravi", scripts: false });
  sofia = await sit(browser, site, { name: "sofia", scripts: false });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const description = (page) => page.getByLabel("What is happening?");
const send = (page) => page.getByRole("button", { name: "Send request" });

async function begin(page, text, type = "Other") {
  await page.goto("/service/create/");
  if (type) await page.getByRole("radio", { name: type }).check();
  await description(page).fill(text);
}

// Without scripts the page that refuses a form comes from an address of its own.
function isAnswer(response) {
  const request = response.request();
  const isOfForm = request.method() === "POST" || request.redirectedFrom()?.method() === "POST";
  return isOfForm && response.status() !== 303;
}

/** The answer to the next form that `press` sends, after a redirect. */
async function answerTo(page, press) {
  const [answer] = await Promise.all([page.waitForResponse(isAnswer), press()]);
  return answer.status();
}

scene("a form without a type comes back with everything typed, and says what is missing", async () => {
  for (const { page } of [mei, plain]) {
    await begin(page, "The valve squeaks.", "");
    await page.getByLabel("Phone", { exact: false }).last().fill("518 555 0199");
    assert.equal(await answerTo(page, () => send(page).click()), 422);
    await page.getByRole("alert").first().waitFor();
    assert.equal(await description(page).inputValue(), "The valve squeaks.");
    assert.equal(await page.getByLabel("Phone", { exact: false }).last().inputValue(), "518 555 0199");
  }
});

scene("a double click sends one request", async () => {
  for (const { page } of [mei, plain]) {
    const text = page === mei.page ? "Clicked twice." : "Clicked twice, plainly.";
    await begin(page, text);
    await send(page).dblclick();
    // Not by the address: the second click may break off the first one's navigation.
    await page.getByRole("heading", { name: "We have your request" }).waitFor();
    await page.goto("/service/");
    assert.equal(await page.getByRole("link", { name: text }).count(), 1);
  }
});

scene("after an ended session the sign-in gives the text back", async () => {
  for (const scripts of [true, false]) {
    const { context, page } = await sit(browser, site, { name: "omar", scripts });
    const text = `Typed before the session ended, scripts: ${scripts}.`;
    await begin(page, text);
    site.sql("DELETE FROM auth_session WHERE user_id = (SELECT id FROM auth_user WHERE username = 'omar')");
    await send(page).click();
    await page.getByText("You were signed out").waitFor();
    await fillSignIn(page, "omar");
    assert.equal(new URL(page.url()).pathname, "/service/create/");
    assert.equal(await description(page).inputValue(), text);
    await shows(page.locator(".flash"), "What you typed is back, but not sent yet.");
    assert.ok(await page.getByRole("radio", { name: "Other" }).isChecked());
    await send(page).click();
    await page.waitForURL(/\/received\//);
    await context.close();
  }
});

scene("a form whose session was given up asks to sign in and keeps the text", async () => {
  const { context, page } = await sit(browser, site, { name: "omar", scripts: false });
  await begin(page, "Typed, then signed out in another tab.");
  await context.clearCookies();
  assert.equal(await answerTo(page, () => send(page).click()), 403);
  await page.getByLabel("User name").waitFor();
  assert.ok(!(await page.content()).includes("Typed, then signed out"), "nobody reads it there");
  await fillSignIn(page, "omar");
  assert.equal(await description(page).inputValue(), "Typed, then signed out in another tab.");
  await context.close();
});

scene("of two colleagues who want the same the second reads who was faster, and the text is kept", async () => {
  const { page } = sofia;
  const change = (at) => at.getByRole("button", { name: /^(Mark as resolved|Reopen)$/ });
  await ravi.page.goto("/admin/requests/500/");
  await page.goto("/admin/requests/500/");
  assert.equal(await answerTo(ravi.page, () => change(ravi.page).click()), 200);

  await page.getByLabel("Message", { exact: true }).fill("Done on Tuesday.");
  const both = page.getByRole("button", { name: /^Send and (resolve|reopen)$/ });
  assert.equal(await answerTo(page, () => both.click()), 200);
  await shows(page.locator("[data-overtaken]"), /Ravi Patel already (resolved|reopened) this request/);
  assert.equal(await page.getByLabel("Message", { exact: true }).inputValue(), "Done on Tuesday.");
  await page.getByRole("button", { name: "Discard mine" }).click();
  assert.equal(await page.getByLabel("Message", { exact: true }).inputValue(), "");
});

scene("a photo of 11 MB is made smaller; without scripts it is refused with the limit, and the form is kept", async () => {
  await begin(mei.page, "With a huge photo.");
  await mei.page.getByLabel("Add photos or documents").setInputFiles(hugePhoto(site.directory));
  await send(mei.page).click();
  await mei.page.waitForURL(/\/received\//);
  await shows(mei.page.locator("main"), "1 file arrived");

  const { page } = plain;
  await begin(page, "With a huge photo, plainly.");
  await page.getByLabel("Add photos or documents").setInputFiles(hugePhoto(site.directory));
  assert.equal(await answerTo(page, () => send(page).click()), 413);
  await shows(page.locator("main"), "10 MB");
  assert.equal(await description(page).inputValue(), "With a huge photo, plainly.");
  assert.ok(await page.getByRole("radio", { name: "Other" }).isChecked());
});

scene("without scripts the Back button shows what was typed", async () => {
  const { page } = plain;
  await begin(page, "Typed, left, came back.");
  await page.getByRole("link", { name: "Home" }).first().click();
  await page.getByRole("heading", { name: /^Good / }).waitFor();
  await page.goBack();
  assert.equal(await description(page).inputValue(), "Typed, left, came back.");
});

scene("a draft survives a reload and the Back button, and is gone once sent", async () => {
  const { page } = mei;
  await begin(page, "A long story about a valve.");
  await page.reload();
  assert.equal(await description(page).inputValue(), "A long story about a valve.");
  await page.getByRole("link", { name: "Home" }).first().click();
  await page.getByRole("heading", { name: /^Good / }).waitFor();
  await page.goBack();
  assert.equal(await description(page).inputValue(), "A long story about a valve.");
  await page.getByRole("radio", { name: "Other" }).check();
  await send(page).click();
  await page.waitForURL(/\/received\//);
  await page.goto("/service/create/");
  assert.equal(await description(page).inputValue(), "");
});

scene("a text of 5,001 characters is refused and kept to the last", async () => {
  const text = "é".repeat(5001);
  await begin(plain.page, text);
  assert.equal(await answerTo(plain.page, () => send(plain.page).click()), 422);
  assert.equal(await description(plain.page).inputValue(), text);
  await begin(mei.page, "é".repeat(5001));
  await shows(mei.page.locator(".counter--over"), "1 character too many");
  assertQuiet(mei, plain, ravi, sofia);
});
