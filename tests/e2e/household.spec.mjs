// Omar asks to share Mei's account. She accepts and lets him see her requests of it; he reads and comments, until she stops.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { lookAt } from "./support/axe.mjs";
import { assertQuiet, openBrowser, PHONE, shows, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { step } from "./support/story.mjs";

const ASKS = "Omar Haddad asks to share account …87-33";
const SHARES = "Everybody of this household sees my requests of this account";

let site, browser, mei, omar, request;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  mei = await sit(browser, site, { name: "mei" });
  omar = await sit(browser, site, { name: "omar", screen: PHONE, scripts: false });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const cardOf = (page, number) => page.locator("section.card", { hasText: number }).filter({ hasText: SHARES });

async function until(tries, found) {
  for (let i = 0; i < tries; i += 1) {
    if (await found()) return;
    await new Promise((wait) => setTimeout(wait, 500));
  }
  assert.fail("it never came");
}

step("Mei sends a request, which Omar does not find", async () => {
  const { page } = mei;
  await page.goto("/service/create/?type=maintenance");
  await page.getByLabel("What is happening?").fill("The radiator in the hall knocks");
  await page.locator("main").getByRole("button", { name: "Send" }).first().click();
  await page.waitForURL(/received/);
  request = new URL(page.url()).pathname.replace("received/", "");
  assert.equal((await omar.page.goto(request)).status(), 404);
});

step("Omar asks with number and ZIP code, without scripts, and reads no more than with a wrong number", async () => {
  const { page } = omar;
  for (const number of ["9999 9999 99", "4410 2087 33"]) {
    await page.goto("/account/");
    await page.getByLabel("Account number").fill(number);
    await page.getByLabel("ZIP code of the service address").fill("12999");
    await page.getByRole("button", { name: "Link the account" }).click();
    await page.getByText("If the number and the ZIP code fit").waitFor();
    assert.equal(await page.getByText("12 Elm Street").count(), 0);
  }
});

step("Mei is told and accepts", async () => {
  const { page } = mei;
  await until(20, async () => {
    await page.goto("/notifications/");
    return (await page.getByText(ASKS).count()) > 0;
  });
  await page.getByRole("link", { name: ASKS }).click();
  await lookAt(browser, site, { name: "mei", list: [{ name: "account with an ask", path: "/account/" }] });
  await page.getByRole("button", { name: "Accept Omar Haddad" }).click();
  await page.getByText("You share the account now.").waitFor();
  await omar.page.goto("/account/");
  await omar.page.getByText("12 Elm Street").first().waitFor();
  assert.equal((await omar.page.goto(request)).status(), 404, "sharing an account shares no request");
});

step("Mei shares her requests, and Omar reads and comments", async () => {
  const { page } = mei;
  await page.goto("/account/");
  await cardOf(page, "4410-2087-33").getByLabel(SHARES).check();
  await cardOf(page, "4410-2087-33").getByRole("button", { name: "Save who sees them" }).click();
  await page.getByText("Everybody of this household sees your requests of this account.").waitFor();
  await page.goto(request);
  await omar.page.goto("/service/");
  await omar.page.getByRole("link", { name: "The radiator in the hall knocks" }).click();
  assert.equal(await omar.page.locator("input[type=file]").count(), 0);
  await omar.page.getByLabel("Your comment").fill("It began on Monday");
  await omar.page.getByRole("button", { name: "Send" }).click();
  await omar.page.getByText("It began on Monday").waitFor();
  await shows(page.locator("[data-timeline]"), "It began on Monday");
  await lookAt(browser, site, {
    name: "omar",
    list: [
      { name: "shared request", path: request },
      { name: "list with a shared request", path: "/service/" },
      { name: "account that is shared", path: "/account/" },
    ],
  });
});

step("Mei stops, and it is gone from Omar's open page, from his list and by its address", async () => {
  const open = await sit(browser, site, { name: "omar" });
  await open.page.goto(request);
  await open.page.getByText("It began on Monday").waitFor();
  await open.page.getByLabel("Your comment").fill("And on Tuesday");
  const { page } = mei;
  await page.goto("/account/");
  await cardOf(page, "4410-2087-33").getByLabel(SHARES).uncheck();
  await cardOf(page, "4410-2087-33").getByRole("button", { name: "Save who sees them" }).click();
  await page.getByText("Only you and our staff see your requests of this account.").waitFor();
  await open.page.getByText("It began on Monday").waitFor({ state: "detached" });
  await open.page.getByText("You can’t see this page any more.").waitFor();
  assert.equal(await open.page.locator("main textarea").inputValue(), "And on Tuesday");
  assert.equal((await omar.page.goto(request)).status(), 404);
  await omar.page.goto("/service/");
  assert.equal(await omar.page.getByText("The radiator in the hall knocks").count(), 0);
  assertQuiet(mei, omar);
});
