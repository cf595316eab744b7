// A reply is typed and the status is changed: nobody is left without the answer, and no old text is sent days later.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { photo } from "./support/files.mjs";
import { assertQuiet, DESKTOP, fillSignIn, live, openBrowser, PHONE, requestId, shows, sit } from "./support/people.mjs";
import { Site } from "./support/site.mjs";
import { scene } from "./support/story.mjs";

const WAYS = [
  { screen: PHONE, scripts: true },
  { screen: DESKTOP, scripts: true },
  { screen: PHONE, scripts: false },
  { screen: DESKTOP, scripts: false },
];

let site, browser;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const message = (page) => page.getByLabel("Message", { exact: true });
const comment = (page) => page.getByLabel("Your comment");
const button = (page, name) => page.getByRole("button", { name, exact: true });
const timeline = (page) => page.locator("[data-timeline]");

async function eachWay(name, tell) {
  for (const way of WAYS) {
    const person = await sit(browser, site, { name, ...way });
    await tell(person.page, way);
    assertQuiet(person);
    await person.context.close();
  }
}

let requests = 0;

// Numbered: the same text twice would be asked about.
async function newRequest(text) {
  const { context, page } = await sit(browser, site, { name: "mei", scripts: false });
  await page.goto("/service/create/");
  await page.getByRole("radio", { name: "Other" }).check();
  await page.getByLabel("What is happening?").fill(`${text} ${++requests}`);
  await button(page, "Send request").click();
  await page.waitForURL(/\/received\//);
  const id = requestId(page);
  await context.close();
  return id;
}

scene("an ended session asks the desk to sign in on a page of its own, and the reply is there again", async () => {
  for (const screen of [DESKTOP, PHONE]) {
    const { context, page } = await sit(browser, site, { name: "ravi", screen });
    const id = await newRequest("The cover sings.");
    await page.goto(`/admin/requests/${id}/`);
    await message(page).fill("Typed before the session ended.");
    // While it is sent: a moment earlier the live page might cover itself.
    await page.route("**/comments/", (route) => {
      site.sql("DELETE FROM auth_session WHERE user_id = (SELECT id FROM auth_user WHERE username = 'ravi')");
      return route.continue();
    });
    await button(page, "Send").click();
    await page.getByText("You were signed out").waitFor();
    assert.equal(await page.locator(".side, .deskmain").count(), 0, "nothing of the desk is left around it");
    const box = await page.getByLabel("Password", { exact: true }).boundingBox();
    assert.ok(box.width > 250, `the password has room to be typed: ${box.width} px`);
    await fillSignIn(page, "ravi");
    assert.equal(new URL(page.url()).pathname, `/admin/requests/${id}/`);
    assert.equal(await message(page).inputValue(), "Typed before the session ended.");
    await context.close();
  }
});

const statusOf = (page) => page.locator(".reqhead .pill");

scene("a typed reply is asked about and sent with the status", async () => {
  await eachWay("ravi", async (page) => {
    const id = await newRequest("The cover rattles.");
    await page.goto(`/admin/requests/${id}/`);
    await message(page).fill("We tightened it.");
    await button(page, "Mark as resolved").click();
    const ask = page.getByRole("group", { name: "You have a reply you haven’t sent" });
    await ask.waitFor();
    assert.equal(await message(page).inputValue(), "We tightened it.");
    await shows(statusOf(page), "Pending");
    assert.ok((await page.locator("[data-alarm] [data-take]").count()) > 0, "the question leaves the alarms alone");
    assert.equal(await page.locator("[data-take]:disabled").count(), 0);
    await button(page, "Send your reply and resolve").click();
    await shows(statusOf(page), "Resolved");
    await shows(timeline(page).locator(".cm--staff"), "We tightened it.");
    for (const address of ["/admin/requests/", `/admin/requests/${id}/`]) await page.goto(address);
    assert.equal(await message(page).inputValue(), "");
    assert.equal(await timeline(page).getByText("We tightened it.").count(), 1);
  });
});

scene("resolved without it, the reply stays for ten minutes, always marked as not sent", async () => {
  await eachWay("ravi", async (page) => {
    const id = await newRequest("The cover hums.");
    await page.goto(`/admin/requests/${id}/`);
    await message(page).fill("Only a thought.");
    await button(page, "Mark as resolved").click();
    await button(page, "Resolve without it").click();
    await shows(statusOf(page), "Resolved");
    await shows(page.locator(".composer"), "You changed the status without this text.");
    assert.equal(await message(page).inputValue(), "Only a thought.");
    assert.equal(await timeline(page).getByText("Only a thought.").count(), 0);
    for (const address of ["/admin/requests/", `/admin/requests/${id}/`]) await page.goto(address);
    await shows(page.locator(".composer"), "You changed the status without this text.");
    assert.equal(await message(page).inputValue(), "Only a thought.");
  });
});

scene("a note is called a note, is saved, and stays with the staff", async () => {
  await eachWay("ravi", async (page) => {
    const id = await newRequest("The cover clicks.");
    await page.goto(`/admin/requests/${id}/`);
    await page.getByRole("radio", { name: "Internal note" }).check();
    await message(page).fill("Loose screw, third time.");
    await button(page, "Mark as resolved").click();
    await page.getByRole("group", { name: "You have a note you haven’t saved" }).waitFor();
    assert.ok(await page.getByRole("radio", { name: "Internal note" }).isChecked());
    await button(page, "Save your note and resolve").click();
    await shows(statusOf(page), "Resolved");
    await shows(timeline(page).locator(".cm--note"), "Loose screw, third time.");
    const mei = await sit(browser, site, { name: "mei", scripts: false });
    await mei.page.goto(`/service/${id}/`);
    assert.ok(!(await mei.page.content()).includes("Loose screw"));
    await mei.context.close();
  });
});

scene("with scripts the chosen photo is still there after the question", async () => {
  const id = await newRequest("The cover is scratched.");
  const { page } = await sit(browser, site, { name: "ravi" });
  await page.goto(`/admin/requests/${id}/`);
  await message(page).fill("See the new one.");
  await page.getByLabel("Attach photos or documents").setInputFiles(photo());
  await button(page, "Mark as resolved").click();
  await button(page, "Send your reply and resolve").click();
  await shows(statusOf(page), "Resolved");
  await shows(timeline(page), "meter.png");
});

scene("overtaken by a colleague, the page says who did what, and the kept text is sent from there", async () => {
  await eachWay("ravi", async (page, { scripts }) => {
    const id = await newRequest("The cover squeaks.");
    const sofia = await sit(browser, site, { name: "sofia", scripts: false });
    await page.goto(`/admin/requests/${id}/`);
    await message(page).fill("We oiled it.");
    await button(page, "Mark as resolved").click();
    await button(page, "Send your reply and resolve").waitFor();
    await sofia.page.goto(`/admin/requests/${id}/`);
    await button(sofia.page, "Mark as resolved").click();
    await shows(statusOf(sofia.page), "Resolved");
    await sofia.context.close();
    // A live page closes the question by itself.
    if (scripts) {
      await shows(page.locator("#question-over"), "Sofia Marchetti resolved this request (today");
      assert.equal(await message(page).inputValue(), "We oiled it.");
      await message(page).press("Control+Shift+Enter");
    } else {
      await button(page, "Send your reply and resolve").click();
    }
    for (let reload = 0; reload < 2; reload++) {
      await shows(page.locator("[data-overtaken]"), /Sofia Marchetti already resolved this request \(today/);
      assert.equal(await message(page).inputValue(), "We oiled it.", `scripts: ${scripts}`);
      await page.reload();
    }
    await button(page, "Send mine as a reply").click();
    await shows(timeline(page).locator(".cm--staff"), "We oiled it.");
    await shows(statusOf(page), "Resolved");
    assert.equal(await message(page).inputValue(), "");
    assert.equal(await page.locator("[data-overtaken]").count(), 0);
    await page.goto(`/admin/requests/${id}/`);
    assert.equal(await message(page).inputValue(), "");
  });
});

scene("sent and resolved in one step, by the button and by the keys", async () => {
  await eachWay("ravi", async (page, { scripts }) => {
    const id = await newRequest("The cover bends.");
    await page.goto(`/admin/requests/${id}/`);
    await message(page).fill("Straightened.");
    if (scripts) await message(page).press("Control+Shift+Enter");
    else await button(page, "Send and resolve").click();
    await shows(statusOf(page), "Resolved");
    await shows(page.locator(".flash"), "Reply sent, and the request is resolved.");
    await shows(timeline(page).locator(".cm--staff"), "Straightened.");
    assert.equal(await message(page).inputValue(), "");
    await page.goto(`/admin/requests/${id}/`);
    assert.equal(await message(page).inputValue(), "", "the text of a sent reply does not return");
    await message(page).fill("Bent again.");
    await button(page, "Send and reopen").click();
    await shows(statusOf(page), "Pending");
  });
});

scene("after a note the next text is a note too, and the words say so", async () => {
  await eachWay("ravi", async (page, { scripts }) => {
    const id = await newRequest("The cover whistles.");
    await page.goto(`/admin/requests/${id}/`);
    await page.getByRole("radio", { name: "Internal note" }).check();
    for (const note of ["First note.", "Second note."]) {
      assert.equal(await button(page, "Send and resolve").count(), 0, "a note has one button");
      await message(page).fill(note);
      if (scripts) await message(page).press("Control+Enter");
      else await button(page, "Save note").click();
      await shows(timeline(page).locator(".cm--note").last(), note);
      await shows(page.locator(scripts ? ".toast" : ".flash").last(), "Note saved");
      assert.ok(await page.getByRole("radio", { name: "Internal note" }).isChecked());
    }
  });
});

scene("an open page follows what a colleague does to the status, and what is typed stays", async () => {
  const { context, page } = await sit(browser, site, { name: "ravi" });
  const sofia = await sit(browser, site, { name: "sofia", scripts: false });
  const id = await newRequest("The cover creaks.");
  await page.goto(`/admin/requests/${id}/`);
  await live(page);
  await message(page).fill("We look at it.");
  await sofia.page.goto(`/admin/requests/${id}/`);
  await button(sofia.page, "Mark as resolved").click();
  await button(page, "Reopen").waitFor();
  assert.equal(await message(page).inputValue(), "We look at it.");
  await button(page, "Send and reopen").click();
  await shows(statusOf(page), "Pending");
  await shows(timeline(page).locator(".cm--staff"), "We look at it.");
  await sofia.context.close();
  await context.close();
});

scene("set to Pending again, a typed reply is asked about too", async () => {
  await eachWay("ravi", async (page) => {
    const id = await newRequest("The cover drips.");
    await page.goto(`/admin/requests/${id}/`);
    await button(page, "Mark as resolved").click();
    await shows(statusOf(page), "Resolved");
    await message(page).fill("We look again.");
    await button(page, "Reopen").click();
    await button(page, "Send your reply and reopen").click();
    await shows(statusOf(page), "Pending");
    await shows(timeline(page).locator(".cm--staff"), "We look again.");
  });
});

scene("a customer's comment on a resolved request opens it again, from the one box of the page", async () => {
  await eachWay("mei", async (page) => {
    const pill = page.locator('[data-slot="state"] .pill');
    const id = await newRequest("The cover rusts.");
    const ravi = await sit(browser, site, { name: "ravi", scripts: false });
    await ravi.page.goto(`/admin/requests/${id}/`);
    await button(ravi.page, "Mark as resolved").click();
    await shows(statusOf(ravi.page), "Resolved");

    await page.goto(`/service/${id}/`);
    assert.equal(await page.locator("main textarea").count(), 1);
    await page.getByText("Your comment opens the request again.").waitFor();
    await comment(page).fill("It is red all over.");
    await button(page, "Send and reopen").click();
    await shows(pill, "Pending");
    await shows(timeline(page), "It is red all over.");
    assert.equal(await comment(page).inputValue(), "");
    for (const address of ["/service/", `/service/${id}/`]) await page.goto(address);
    assert.equal(await comment(page).inputValue(), "", "what was sent does not return");

    await ravi.page.goto("/admin/requests/?status=Pending");
    await shows(ravi.page.locator(`#r${id}`), "Customer replied");
    const ada = await sit(browser, site, { name: "ada" });
    await ada.page.goto(`/admin/requests/${id}/`);
    await ada.page.locator("form[data-read]").waitFor({ state: "hidden" });
    await ada.context.close();
    await ravi.page.goto("/admin/requests/?status=Pending");
    assert.equal(await ravi.page.locator(`#r${id}`, { hasText: "Customer replied" }).count(), 0);
    await ravi.context.close();
  });
});

scene("the box of an open page follows the status", async () => {
  const { context, page } = await sit(browser, site, { name: "mei" });
  const id = await newRequest("The cover fades.");
  await page.goto(`/service/${id}/`);
  await live(page);
  const ravi = await sit(browser, site, { name: "ravi", scripts: false });
  await ravi.page.goto(`/admin/requests/${id}/`);
  await button(ravi.page, "Mark as resolved").click();
  await button(page, "Send and reopen").waitFor();
  await page.getByRole("link", { name: "Tell us what’s wrong" }).click();
  assert.ok(await comment(page).evaluate((box) => box === document.activeElement), "the link leads into the box");
  await button(ravi.page, "Reopen").click();
  await button(page, "Send").waitFor();
  await ravi.context.close();
  await context.close();
});
