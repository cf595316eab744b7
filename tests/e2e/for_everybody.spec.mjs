// What people hear, feel and print who do not see the page as it is drawn: states in words, focus, system colors, paper.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { contrastOf } from "./support/contrast.mjs";
import { photo } from "./support/files.mjs";
import { assertQuiet, fillSignIn, live, openBrowser, PHONE, shows, sit } from "./support/people.mjs";
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

const FORMS = {
  mei: ["/service/create/", "/account/", "/account/password/"],
  ada: ["/admin/requests/create/", "/admin/users/create/", "/admin/accounts/create/"],
};
const LEAST_CONTRAST = 3;

// Names of the controls that a reader of screens is told are wrong.
async function calledInvalid(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const isInvalid = ({ properties = [] }) => properties.some(({ name, value }) => name === "invalid" && value.value !== "false");
  return nodes.filter(isInvalid).map(({ name }) => name?.value ?? "?");
}

scene("no field is called wrong before anything was done", async () => {
  const guest = await sit(browser, site);
  await guest.page.setContent(`<title>sample</title><label>Type <input type="radio" name="a" required></label>`);
  assert.deepEqual(await calledInvalid(guest.page), ["Type"], "the sample is found");
  for (const path of ["/emergency/", "/accounts/login/"]) {
    await guest.page.goto(path);
    assert.deepEqual(await calledInvalid(guest.page), [], path);
  }
  for (const [name, paths] of Object.entries(FORMS)) {
    const { page, context } = await sit(browser, site, { name });
    for (const path of paths) {
      await page.goto(path);
      assert.deepEqual(await calledInvalid(page), [], path);
    }
    await context.close();
  }
  await guest.context.close();
});

scene("each error belongs to its field or group", async () => {
  const { page, context } = await sit(browser, site, { name: "ada" });
  await page.goto("/admin/requests/create/");
  await page.getByRole("button", { name: "Save and show the reference" }).click();
  await page.locator("#request_type-error").waitFor();
  const loose = await page.locator(".error").evaluateAll((all) =>
    all.filter((error) => error.checkVisibility({ visibilityProperty: true }) && !document.querySelector(`[aria-describedby~="${error.id}"]`)).map((error) => error.id),
  );
  assert.deepEqual(loose, []);
  await context.close();
});

async function openRequest(page) {
  await page.goto("/service/");
  await page.getByRole("link", { name: /kitchen range/ }).first().click();
  await page.locator("[data-timeline]").waitFor();
}

scene("after sending, the focus is on the new message", async () => {
  const mei = await sit(browser, site, { name: "mei", screen: PHONE });
  await openRequest(mei.page);
  await mei.page.getByLabel("Your comment").fill("Is it paid by the hour?");
  await mei.page.getByRole("button", { name: "Send", exact: true }).click();
  await mei.page.waitForFunction(() => document.activeElement?.textContent.includes("Is it paid by the hour?"));
  assertQuiet(mei);
  await mei.context.close();
});

scene("ten files that are of no use are one message", async () => {
  const mei = await sit(browser, site, { name: "mei", screen: PHONE });
  await openRequest(mei.page);
  const big = Array.from({ length: 10 }, (_, i) => ({ ...photo(), name: `p${i}.txt`, mimeType: "text/plain" }));
  await mei.page.getByLabel("Attach photos or documents").setInputFiles(big);
  await mei.page.getByText("10 files can’t be sent").first().waitFor();
  assert.equal(await mei.page.locator(".toast").count(), 0);
  assert.equal(await mei.page.locator(".file--bad").count(), 10);
  await mei.context.close();
});

scene("progress is told in words", async () => {
  const { page, context } = await sit(browser, site, { name: "mei" });
  await openRequest(page);
  const steps = await page.getByRole("list", { name: "Progress" }).getByRole("listitem").allTextContents();
  assert.ok(steps.every((step) => /, done|, not yet/.test(step)), JSON.stringify(steps));
  assert.match(steps.at(-1), /Resolved, not yet/);
  await context.close();
});

scene("with the system's colors every state is still there", async () => {
  const { page, context } = await sit(browser, site, { name: "mei", screen: PHONE, forcedColors: "active" });
  const outlined = (selector) => page.locator(selector).first().evaluate((one) => getComputedStyle(one).outlineStyle);
  await page.goto("/service/?status=Pending");
  assert.equal(await outlined(".seg [aria-current]"), "solid");
  assert.equal(await outlined(".tabbar [aria-current]"), "solid");
  assert.equal(await outlined(".theme [aria-pressed=true]"), "solid");
  await page.goto("/notifications/");
  const dot = await page.locator(".dot").first().evaluate((one) => [getComputedStyle(one).forcedColorAdjust, getComputedStyle(one).backgroundColor]);
  assert.equal(dot[0], "none");
  assert.notEqual(dot[1], "rgba(0, 0, 0, 0)");
  await openRequest(page);
  const drawn = await page.locator(".steps li").evaluateAll((all) => all.map((one) => getComputedStyle(one, "::before").backgroundColor));
  assert.ok(new Set(drawn).size > 1, JSON.stringify(drawn));
  await context.close();
});

scene("what is chosen stands out from its neighbors, in both themes", async () => {
  const { page, context } = await sit(browser, site, { name: "mei" });
  for (const theme of ["light", "dark"]) {
    await page.goto("/service/?status=Pending");
    await page.evaluate((chosen) => (document.documentElement.dataset.theme = chosen), theme);
    for (const selector of [".seg [aria-current]", ".theme [aria-pressed=true]"]) {
      const colors = await page.locator(selector).first().evaluate((one) => [
        getComputedStyle(one).boxShadow.match(/rgb[^)]*\)/)[0],
        getComputedStyle(one.parentElement).backgroundColor,
      ]);
      assert.ok(contrastOf(colors) >= LEAST_CONTRAST, `${selector}, ${theme}: ${colors}`);
    }
  }
  await context.close();
});

// A transition, however short, starts from the old color: what is printed or read at once would be dark.
scene("who asked for less motion sees new colors at once", async () => {
  const { page, context } = await sit(browser, site, { name: "mei" });
  const [before, after] = await page.evaluate(() => {
    const color = () => getComputedStyle(document.body).backgroundColor;
    document.documentElement.dataset.theme = "light";
    const light = color();
    document.documentElement.dataset.theme = "dark";
    return [light, color()];
  });
  assert.notEqual(after, before);
  await context.close();
});

scene("paper is white, has a head and no buttons", async () => {
  const { page, context } = await sit(browser, site, { name: "mei" });
  await page.context().addCookies([{ name: "theme", value: "dark", url: site.url }]);
  for (const path of ["/notifications/", "a service request"]) {
    if (path === "/notifications/") await page.goto(path);
    else await openRequest(page);
    await page.emulateMedia({ media: "print" });
    await page.locator(".printhead").waitFor();
    assert.match(await page.locator(".printhead").innerText(), /Hearthway Gas[\s\S]*1-800-555-0142[\s\S]*20\d\d/);
    assert.equal(await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor), "rgb(255, 255, 255)");
    const ink = await page.locator("main h1").evaluate((title) => getComputedStyle(title).color);
    assert.ok(contrastOf([ink, "rgb(255,255,255)"]) > 7, ink);
    for (const control of await page.locator("button, textarea, input, .tabbar").all()) assert.ok(!(await control.isVisible()), path);
    if (path === "/notifications/") assert.ok(await page.locator(".rows li").first().isVisible());
    await page.emulateMedia({ media: null });
  }
  await context.close();
});

scene("the list of notifications is live, and nothing in it is read by that", async () => {
  const mei = await sit(browser, site, { name: "mei", screen: PHONE });
  await mei.page.goto("/notifications/");
  await live(mei.page);
  const ravi = await sit(browser, site, { name: "ravi" });
  await ravi.page.goto("/admin/requests/?q=kitchen+range");
  await ravi.page.locator("[data-row] .q-open").first().click();
  await ravi.page.getByLabel("Message", { exact: true }).fill("We come on Monday.");
  await ravi.page.getByRole("button", { name: "Send", exact: true }).click();
  const first = mei.page.locator(".rows li").first();
  await shows(first, "We come on Monday.");
  assert.match(await first.getAttribute("class"), /is-unread/);
  await mei.page.reload();
  assert.match(await mei.page.locator(".rows li").first().getAttribute("class"), /is-unread/);
  assertQuiet(mei, ravi);
  await mei.context.close();
  await ravi.context.close();
});

scene("a text that was kept says since when, and starts over without scripts", async () => {
  const { page, context } = await sit(browser, site, { name: "omar", scripts: false });
  await page.goto("/service/create/");
  await page.getByRole("radio", { name: "Billing" }).check();
  await page.getByLabel("What is happening?").fill("The bill is odd.");
  site.sql("DELETE FROM auth_session WHERE user_id = (SELECT id FROM auth_user WHERE username = 'omar')");
  await page.getByRole("button", { name: "Send request" }).click();
  await page.getByText("You were signed out").waitFor();
  await fillSignIn(page, "omar");
  await page.goto("/service/create/");
  await page.getByText(/You wrote this .+ and didn’t send it\./).waitFor();
  await page.getByRole("button", { name: "Start over" }).click();
  await page.waitForURL(/\/service\/create\/$/);
  assert.equal(await page.getByLabel("What is happening?").inputValue(), "");
  assert.equal(await page.getByText(/You wrote this/).count(), 0);
  await context.close();
});
