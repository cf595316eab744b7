// An account's address is chosen and another one is typed: no crew goes to the wrong house without a word.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { assertQuiet, DESKTOP, fillSignIn, openBrowser, PHONE, requestId, shows, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { scene } from "./support/story.mjs";

const HOME = "12 Elm Street, Aldermere, NY 12999";
const TYPED = "99 Other Street";

let site, browser;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const home = (page) => page.getByRole("radio", { name: HOME });
const elsewhere = (page) => page.getByRole("radio", { name: "A different address" });
const address = (page) => page.getByLabel("Which address?");
const send = (page) => page.getByRole("button", { name: "Send request" });

async function begin(page, type, text) {
  await page.goto("/service/create/");
  await page.getByRole("radio", { name: type }).check();
  await page.getByLabel("What is happening?").fill(text);
}

async function seesAddress(page, words) {
  await page.waitForURL(/\/received\//);
  await page.goto(`/service/${requestId(page)}/`);
  await shows(page.locator(".req__meta"), words);
}

scene("typing an address chooses A different address, emptying it brings the account back", async () => {
  for (const screen of [PHONE, DESKTOP]) {
    const mei = await sit(browser, site, { name: "mei", screen });
    const { page } = mei;
    await begin(page, "Other", `A pipe is loose, seen at ${screen.width}.`);
    assert.ok(await home(page).isChecked());
    await address(page).fill(TYPED);
    assert.ok(await elsewhere(page).isChecked());
    await address(page).fill("");
    assert.ok(await home(page).isChecked());
    await address(page).pressSequentially(TYPED);
    await send(page).click();
    await seesAddress(page, TYPED);
    assertQuiet(mei);
    await mei.context.close();
  }
});

scene("who goes back to the account with an address typed means the account", async () => {
  const mei = await sit(browser, site, { name: "mei", screen: PHONE });
  const { page } = mei;
  await begin(page, "Other", "The gate squeaks.");
  await address(page).fill(TYPED);
  await home(page).check();
  assert.equal(await address(page).inputValue(), "");
  await elsewhere(page).check();
  assert.equal(await address(page).inputValue(), TYPED);
  await home(page).check();
  await send(page).click();
  await seesAddress(page, HOME);
  assertQuiet(mei);
  await mei.context.close();
});

scene("without scripts who goes back to the account with an address typed is asked", async () => {
  for (const screen of [PHONE, DESKTOP]) {
    const mei = await sit(browser, site, { name: "mei", screen, scripts: false });
    const { page } = mei;
    // The same text twice would be asked about.
    const text = `The gate squeaks at ${screen.width}.`;
    await begin(page, "Other", text);
    await address(page).fill(TYPED);
    await home(page).check();
    await send(page).click();
    await shows(page.getByRole("alert").first(), `You chose ${HOME}, but also typed ${TYPED}. Which one is it?`);
    assert.equal(await page.getByLabel("What is happening?").inputValue(), text);
    assert.equal(await address(page).inputValue(), TYPED);
    assert.ok(!(await home(page).isChecked()) && !(await elsewhere(page).isChecked()));
    const isHome = screen === PHONE;
    await (isHome ? home(page) : elsewhere(page)).check();
    await send(page).click();
    await seesAddress(page, isHome ? HOME : TYPED);
    assertQuiet(mei);
    await mei.context.close();
  }
});

scene("a leak with both is taken at once, and the desk sees both", async () => {
  const mei = await sit(browser, site, { name: "mei", screen: PHONE, scripts: false });
  const ravi = await sit(browser, site, { name: "ravi" });
  await begin(mei.page, "Gas Leak", "It smells in the yard.");
  await address(mei.page).fill(TYPED);
  await send(mei.page).click();
  await mei.page.waitForURL(/\/received\//);
  await ravi.page.goto(`/admin/requests/${requestId(mei.page)}/`);
  await shows(ravi.page.locator(".rail"), `${TYPED} (account’s address: ${HOME})`);
  assertQuiet(mei, ravi);
});

scene("an ended session brings back the choice and the typed address", async () => {
  for (const scripts of [true, false]) {
    const { context, page } = await sit(browser, site, { name: "mei", scripts });
    await begin(page, "Other", "Typed before the session ended.");
    await address(page).fill(TYPED);
    await home(page).check();
    site.sql("DELETE FROM auth_session WHERE user_id = (SELECT id FROM auth_user WHERE username = 'mei')");
    await send(page).click();
    await page.getByText("You were signed out").waitFor();
    await fillSignIn(page, "mei");
    assert.equal(await address(page).inputValue(), scripts ? "" : TYPED);
    assert.ok(await home(page).isChecked());
    await context.close();
  }
});
