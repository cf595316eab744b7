// What somebody typed comes back to that person and to nobody else, whatever happens to the session, the tab, the line.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { photo } from "./support/files.mjs";
import { assertQuiet, fillSignIn, openBrowser, PHONE, requestId, shows, sit } from "./support/people.mjs";
import { PASSWORD, Site } from "./support/site.mjs";
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

const description = (page) => page.getByLabel("What is happening?");
const address = (page) => page.getByLabel("Which address?");
const phone = (page) => page.getByLabel("Phone", { exact: false }).last();
const send = (page) => page.getByRole("button", { name: "Send request" });
const SECRET = "My alarm code is on the door.";

async function begin(page, text) {
  await page.goto("/service/create/");
  await page.getByRole("radio", { name: "Billing" }).check();
  await page.getByRole("radio", { name: "A different address" }).check();
  await address(page).fill("99 Other Street");
  await phone(page).fill("518 555 0199");
  await description(page).fill(text);
}

async function seesAll(page, text) {
  await description(page).waitFor();
  assert.equal(await description(page).inputValue(), text);
  assert.equal(await address(page).inputValue(), "99 Other Street");
  assert.equal(await phone(page).inputValue(), "518 555 0199");
  assert.ok(await page.getByRole("radio", { name: "Billing" }).isChecked());
  assert.ok(await page.getByRole("radio", { name: "A different address" }).isChecked());
}

function endSessions(name) {
  site.sql(`DELETE FROM auth_session WHERE user_id = (SELECT id FROM auth_user WHERE username = '${name}')`);
}

async function signOut(page, path) {
  await page.goto(path);
  await page.locator("[data-sign-out] button").last().click();
  await page.waitForURL(/\/accounts\/login\//);
}

async function seesNothing(page, text, paths) {
  for (const path of paths) {
    await page.goto(path);
    assert.ok(!(await page.content()).includes(text), path);
    for (const field of await page.locator("textarea").all()) assert.equal(await field.inputValue(), "", path);
  }
}

scene("Mei's text waits for Mei, while Ravi and Omar sign in in the same tab and see nothing of it", async () => {
  for (const scripts of [true, false]) {
    const { context, page } = await sit(browser, site, { name: "mei", scripts, screen: PHONE });
    const text = `${SECRET} ${scripts}`;
    await begin(page, text);
    endSessions("mei");
    await send(page).click();
    await page.getByText("You were signed out").waitFor();
    assert.ok(!(await page.content()).includes("alarm code"));
    await fillSignIn(page, "ravi");
    assert.equal(new URL(page.url()).pathname, "/admin/", "his own page, not the one she was on");
    await seesNothing(page, text, ["/admin/", "/admin/requests/", "/account/", "/service/create/"]);
    await signOut(page, "/account/");
    await fillSignIn(page, "omar");
    await seesNothing(page, text, ["/", "/service/create/", "/account/"]);
    await signOut(page, "/account/");
    await fillSignIn(page, "mei");
    for (let looks = 0; looks < 2; looks++) {
      await page.goto("/service/create/");
      await seesAll(page, text);
    }
    await send(page).click();
    await page.waitForURL(/\/received\//);
    await page.goto("/service/create/");
    assert.equal(await description(page).inputValue(), "");
    await context.close();
  }
});

scene("sent from her tab while Omar is signed in, it is kept for her and not shown to him", async () => {
  const { context, page } = await sit(browser, site, { name: "mei", scripts: false });
  await begin(page, SECRET);
  const other = await context.newPage();
  await signOut(other, "/account/");
  await fillSignIn(other, "omar");
  await send(page).click();
  await page.getByText("Somebody else is signed in here now").waitFor();
  assert.ok(!(await page.content()).includes("alarm code"));
  await signOut(other, "/account/");
  await fillSignIn(other, "mei");
  await other.goto("/service/create/");
  await seesAll(other, SECRET);
  await context.close();
});

scene("signing out in one tab forgets the drafts of the other", async () => {
  const { context, page } = await sit(browser, site, { name: "mei" });
  await begin(page, SECRET);
  const other = await context.newPage();
  await signOut(other, "/account/");
  await page.waitForFunction(() => !JSON.stringify({ ...sessionStorage }).includes("alarm code"));
  await context.close();
});

scene("a reload brings back the type, the address and the phone, and starts over when asked", async () => {
  const mei = await sit(browser, site, { name: "omar", screen: PHONE });
  const { page } = mei;
  await begin(page, "The bill is odd.");
  await page.reload();
  await seesAll(page, "The bill is odd.");
  await page.getByRole("button", { name: "Start over" }).click();
  await page.waitForFunction(() => document.querySelector("#description")?.value === "");
  assert.equal(await address(page).inputValue(), "");
  assertQuiet(mei);
  await mei.context.close();
});

async function fillIn(page, name, password = PASSWORD) {
  await page.getByLabel("User name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
}

scene("photos that no browser keeps are named, after a reload and after a session that ended", async () => {
  const words = "Photos aren’t kept. Add them again: IMG_1.png, IMG_2.png";
  const files = ["IMG_1.png", "IMG_2.png"].map((name) => ({ ...photo(), name }));
  for (const scripts of [true, false]) {
    const { context, page } = await sit(browser, site, { name: "mei", screen: PHONE, scripts });
    await begin(page, `Look at these, ${scripts}.`);
    await page.locator("#attachments").setInputFiles(files);
    if (scripts) {
      await shows(page.locator("[data-files]"), "IMG_2.png");
      await page.reload();
      await shows(page.locator("[data-kept] [data-kept-files]"), words);
      await page.locator("#attachments").setInputFiles(files);
      await page.locator("[data-kept-files]").waitFor({ state: "hidden" });
    }
    endSessions("mei");
    if (scripts) await send(page).evaluate((button) => button.click());
    else await send(page).click();
    await page.getByText("You’ll need to add your photos again.").waitFor();
    await fillSignIn(page, "mei");
    await description(page).waitFor();
    await shows(page.locator("main"), words);
    assert.equal(await page.getByText("Photos aren’t kept").filter({ visible: true }).count(), 1, "said once");
    await page.locator("#attachments").setInputFiles(files);
    await send(page).click();
    await page.waitForURL(/\/received\//);
    await shows(page.locator("main"), "2 files arrived");
    await page.goto("/service/create/");
    assert.equal(await page.getByText("Photos aren’t kept").filter({ visible: true }).count(), 0);
    await context.close();
  }
});

scene("photos that were chosen when another tab signed out are named after signing in again", async () => {
  const { context, page } = await sit(browser, site, { name: "mei", screen: PHONE });
  await page.goto("/service/create/");
  await description(page).fill("Look at this.");
  await page.locator("#attachments").setInputFiles({ ...photo(), name: "IMG_7.png" });
  await shows(page.locator("[data-files]"), "IMG_7.png");
  const other = await context.newPage();
  await signOut(other, "/account/");
  await page.locator("[data-signed-out-page]").waitFor();
  await fillSignIn(other, "mei");
  await page.goto("/service/create/");
  assert.equal(await description(page).inputValue(), "Look at this.");
  await shows(page.locator("main"), "Photos aren’t kept. Add them again: IMG_7.png");
  await context.close();
});

scene("another language keeps what is typed, also without scripts", async () => {
  for (const scripts of [true, false]) {
    const { context, page } = await sit(browser, site, { name: "omar", scripts });
    await page.goto("/service/create/");
    await page.getByRole("radio", { name: "Billing" }).check();
    await description(page).fill(`The bill, ${scripts}.`);
    await page.getByRole("contentinfo").getByRole("button", { name: "Español" }).filter({ visible: true }).click();
    await page.locator("html[lang=es]").waitFor();
    assert.equal(await page.locator("#description").inputValue(), `The bill, ${scripts}.`);
    assert.ok(await page.locator("input[name=request_type][value=billing]").isChecked());
    await page.getByRole("contentinfo").getByRole("button", { name: "English" }).filter({ visible: true }).click();
    await page.locator("html[lang=en]").waitFor();
    assert.equal(await description(page).inputValue(), `The bill, ${scripts}.`);
    await context.close();
  }
});

scene("of two tabs with the sign-in page both get in, and so does Back and Enter", async () => {
  for (const scripts of [true, false]) {
    const { context, page } = await sit(browser, site, { scripts });
    const other = await context.newPage();
    await page.goto("/accounts/login/");
    await other.goto("/accounts/login/");
    await fillSignIn(page, "mei");
    await fillIn(other, "mei");
    await other.keyboard.press("Enter");
    await other.getByRole("heading", { name: /^Good / }).waitFor();
    await context.clearCookies();
    await page.goto("/accounts/login/");
    await fillIn(page, "mei", "not hers");
    await page.keyboard.press("Enter");
    await page.getByText("user name or password is wrong").first().waitFor();
    await fillSignIn(page, "mei");
    await page.goBack();
    await page.getByLabel("User name").waitFor();
    await fillIn(page, "mei");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /^Good / }).waitFor();
    await context.close();
  }
});

scene("Back after a corrected form shows the form as it is now, and no old refusal", async () => {
  for (const scripts of [true, false]) {
    const { context, page } = await sit(browser, site, { name: "omar", scripts });
    await page.goto("/account/");
    await page.getByLabel("Phone number").fill("call me");
    await page.getByRole("button", { name: "Save contact details" }).click();
    await page.getByText("Enter a phone number").first().waitFor();
    if (!scripts) {
      // The refusal has an address: reload shows it again, and so do Back and Forward.
      assert.equal((await page.reload()).status(), 422);
      await page.goBack();
      await page.getByRole("heading", { name: /^Good / }).or(page.getByLabel("Phone number")).first().waitFor();
      assert.equal(await page.getByText("Enter a phone number").count(), 0);
      await page.goForward();
      await page.getByText("Enter a phone number").first().waitFor();
    }
    await page.getByLabel("Phone number").fill(scripts ? "518 555 0101" : "518 555 0102");
    await page.getByRole("button", { name: "Save contact details" }).click();
    await page.getByText("Contact details saved.").waitFor();
    await page.goBack();
    // With scripts the refusal was shown in place and left nothing in the history.
    await (scripts ? page.getByRole("heading", { name: /^Good / }) : page.getByLabel("Phone number")).waitFor();
    assert.equal(await page.getByText("Enter a phone number").count(), 0);
    assert.equal((await page.reload()).status(), 200);
    await context.close();
  }
});

scene("Back and Send asks before the same request is sent twice", async () => {
  for (const scripts of [true, false]) {
    const { context, page } = await sit(browser, site, { name: "omar", scripts, screen: PHONE });
    const text = `The reading is 8888, scripts: ${scripts}.`;
    const sendOnce = async () => {
      await begin(page, text);
      await send(page).click();
    };
    await sendOnce();
    await page.waitForURL(/\/received\//);
    const first = requestId(page);
    await sendOnce();
    await shows(page.getByRole("alert"), "You already sent this");
    await page.getByRole("link", { name: "Open it" }).click();
    await page.waitForURL(new RegExp(`/service/${first}/$`));
    await sendOnce();
    await page.getByRole("button", { name: "Send again" }).click();
    await page.waitForURL(/\/received\//);
    assert.notEqual(requestId(page), first);
    await context.close();
  }
});

scene("a request sent while offline stays, says so until it is sent, and is sent by Try again", async () => {
  const { context, page } = await sit(browser, site, { name: "omar", screen: PHONE });
  await begin(page, "Typed in the cellar.");
  await context.setOffline(true);
  await send(page).click();
  const alert = page.getByRole("alert").filter({ hasText: "Not sent." });
  await alert.waitFor();
  await seesAll(page, "Typed in the cellar.");
  await alert.getByRole("button", { name: "Try again" }).click();
  await alert.waitFor();
  await context.setOffline(false);
  await alert.getByRole("button", { name: "Try again" }).click();
  await page.waitForURL(/\/received\//);
  await context.close();
});

scene("staff's edits stay when a user is linked", async () => {
  for (const scripts of [true, false]) {
    const { context, page } = await sit(browser, site, { name: "ravi", scripts });
    await page.goto("/admin/accounts/2/");
    const saved = await page.getByLabel("Service address").inputValue();
    await page.getByLabel("Service address").fill("14 Elm Street, rear");
    await page.getByLabel("Link a user").fill("mei");
    await page.getByRole("button", { name: "Link", exact: true }).click();
    await page.getByText("They are not saved yet.").waitFor();
    assert.equal(await page.getByLabel("Service address").inputValue(), "14 Elm Street, rear");
    await page.getByRole("button", { name: "Unlink Mei" }).click();
    await page.getByText("The account is no longer linked.").waitFor();
    assert.equal(await page.getByLabel("Service address").inputValue(), "14 Elm Street, rear");
    await page.getByLabel("Service address").fill(saved);
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Account saved.").waitFor();
    await context.close();
  }
});
