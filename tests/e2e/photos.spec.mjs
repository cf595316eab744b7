// Photos: made smaller in the browser, asked about when they cannot go, listed when they arrived.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { assertQuiet, openBrowser, PHONE, requestId, shows, sit } from "./support/people.mjs";
import { bigDocument, cutOff, takePhotos } from "./support/photos.mjs";
import { Site } from "./support/site.mjs";
import { step } from "./support/story.mjs";
import { weigh } from "./support/wire.mjs";

const MEGABYTE = 1024 * 1024;
let site, browser, mei, plain, photos, id;

before(async () => {
  site = await Site.open();
  browser = await openBrowser();
  mei = await sit(browser, site, { name: "mei", screen: PHONE });
  plain = await sit(browser, site, { name: "mei", scripts: false });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const field = (page) => page.getByLabel(/^(Add|Attach) photos or documents/);
const send = (page) => page.getByRole("button", { name: "Send request" });
const batch = (page) => page.locator("[data-batch]");
const question = (page) => page.locator("[data-files-question]");
const inField = (page) => field(page).evaluate((input) => [...input.files].map((file) => file.name));

async function begin(page, text, type = "Other") {
  await page.goto("/service/create/");
  await page.getByRole("radio", { name: type }).check();
  await page.getByLabel("What is happening?").fill(text);
}

/** Width, height and bytes of an attachment, and whether it still says where and how it was taken. */
function attachment(page, number) {
  return page.evaluate(async (place) => {
    const link = document.querySelectorAll("a[data-view]")[place];
    const blob = await (await fetch(link.href)).blob();
    const { width, height } = await createImageBitmap(blob);
    return { width, height, bytes: blob.size, hasExif: (await blob.text()).includes("Exif") };
  }, number);
}

step("ten photos of 12 MB are made smaller, in words, and arrive", async () => {
  const { page } = mei;
  await begin(page, "Ten photos of the meter.");
  photos = await takePhotos(page, site.directory, { count: 10, bytes: 12 * MEGABYTE });
  await field(page).setInputFiles(photos);
  await shows(batch(page), /Making photos smaller: \d+ of 10/);
  await send(page).click();
  await page.waitForURL(/\/received\//);
  id = requestId(page);
  await shows(page.locator("main"), "10 files arrived");
  await shows(page.locator("main"), "IMG_2050.jpg");
  assert.equal(await page.locator(".files img").count(), 10);
  const first = await attachment(page, 0);
  assert.deepEqual([first.width, first.height, first.hasExif], [1920, 2560, false]);
  assert.ok(first.bytes < 2 * MEGABYTE, String(first.bytes));
  // Small enough to be sent as they are, for the steps that follow.
  photos = await takePhotos(page, site.directory, { count: 10, bytes: 9 * MEGABYTE });
});

step("the page of the request loads at most 400 KB, ten previews among them, and has room for each from the start", async () => {
  const { page, context } = mei;
  const own = await context.newPage();
  const scale = await weigh({ page: own, context });
  await own.goto(new URL(`/service/${id}/`, page.url()).href);
  for (const picture of await own.locator(".files img").all()) await picture.scrollIntoViewIfNeeded();
  await own.waitForFunction(() => [...document.querySelectorAll(".files img")].every((image) => image.naturalWidth > 0));
  const parts = await scale.parts();
  const previews = parts.filter(({ url }) => url.endsWith("/preview/"));
  assert.equal(previews.length, 10, JSON.stringify(parts));
  for (const { url, bytes } of previews) assert.ok(bytes > 1000 && bytes <= 31 * 1024, `${url}: ${bytes} bytes`);
  const sum = parts.reduce((total, { bytes }) => total + bytes, 0);
  assert.ok(sum <= 400 * 1024, `${sum} bytes: ${JSON.stringify(parts)}`);
  for (const picture of await own.locator(".files img").all()) {
    const [said, drawn] = await picture.evaluate((image) => [
      [image.getAttribute("width"), image.getAttribute("height")].map(Number),
      [image.naturalWidth, image.naturalHeight],
    ]);
    assert.deepEqual(said, drawn);
  }
  await own.close();
  await page.goto(`/service/${id}/`);
});

step("Back closes the open photo and not the page", async () => {
  const { page } = mei;
  await page.locator("a[data-view]").first().click();
  const viewer = page.locator("dialog[open]");
  await viewer.waitFor();
  await page.goBack();
  await viewer.waitFor({ state: "detached" });
  assert.match(page.url(), new RegExp(`/service/${id}/`));
  await page.locator("a[data-view]").first().click();
  await page.keyboard.press("Escape");
  await viewer.waitFor({ state: "detached" });
  await page.waitForFunction(() => !history.state?.viewer);
  await page.goBack();
  assert.match(page.url(), /\/received\//);
});

step("after a send and Back, the field and the list are in step", async () => {
  const { page } = mei;
  await page.goBack();
  await page.waitForURL(/\/create\//);
  const listed = await page.locator("[data-files] li").count();
  assert.equal(listed, (await inField(page)).length);
});

step("what cannot go is asked about once, before anything is sent", async () => {
  const { page } = mei;
  await begin(page, "A plan that is too large.");
  await field(page).setInputFiles([bigDocument(site.directory), photos[1]]);
  await shows(page.locator("[data-files] .file--bad"), "Each file can be up to 10.0 MB");
  await shows(batch(page), "1 file can’t be sent");
  assert.equal(await page.locator(".toast").count(), 0);
  await send(page).click();
  await shows(question(page), "plan.pdf");
  assert.match(page.url(), /\/create\//);
  await question(page).getByRole("button", { name: "Send without it" }).click();
  await page.waitForURL(/\/received\//);
  await shows(page.locator("main"), "1 file arrived");
  await shows(page.locator("main"), "“plan.pdf” did not arrive: it is too large.");
});

step("eleven files: the eleventh is named, and other files may be chosen", async () => {
  const { page } = mei;
  await begin(page, "Eleven.");
  await field(page).setInputFiles([...photos, await smallPhoto()]);
  await send(page).click();
  await shows(question(page), "small.jpg: Not added. You can add up to 10 files");
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    question(page).getByRole("button", { name: "Choose others" }).click(),
  ]);
  assert.ok(chooser.isMultiple());
  assert.equal(await question(page).count(), 0);
  assert.equal((await inField(page)).length, 10);
});

async function smallPhoto() {
  const [file] = await takePhotos(mei.page, site.directory, { width: 640, height: 480 });
  const { renameSync } = await import("node:fs");
  const small = file.replace("IMG_2041", "small");
  renameSync(file, small);
  await takePhotos(mei.page, site.directory, { bytes: 9 * MEGABYTE });
  return small;
}

step("a small photo stays itself, and an original is sent when she asks for it", async () => {
  const { page } = mei;
  await begin(page, "Originals.");
  await field(page).setInputFiles(await smallPhoto());
  await shows(batch(page), "1 file ready");
  assert.ok(await page.getByLabel("Send originals").isHidden());
  await field(page).setInputFiles(photos[1]);
  await shows(batch(page), "2 files ready");
  await page.getByLabel("Send originals").check();
  await send(page).click();
  await page.waitForURL(/\/received\//);
  const [small, original] = [await attachment(page, 0), await attachment(page, 1)];
  assert.deepEqual([small.width, small.hasExif], [480, true]);
  assert.equal(original.width, 4000, "not made smaller, though what followed the picture is cut off");
});

step("a leak report is not asked about its files", async () => {
  const { page } = mei;
  await begin(page, "It smells of gas.", /Gas leak/i);
  await field(page).setInputFiles([bigDocument(site.directory), await smallPhoto()]);
  await send(page).click();
  await page.waitForURL(/\/received\//);
  await shows(page.locator("main"), "We have your report");
  await shows(page.locator("main"), "small.jpg");
  await shows(page.locator("main"), "“plan.pdf” did not arrive");
});

step("a file that is chosen again under the name of one that could not go arrived", async () => {
  const { page } = mei;
  await begin(page, "It smells of gas in the yard.", /Gas leak/i);
  await page.locator("#account-other").check();
  await field(page).setInputFiles(bigDocument(site.directory));
  await send(page).click();
  // The form comes back for the address, and knows what did not come with it.
  await page.locator("input[name=not_sent]:not([data-not-sent-file])").waitFor({ state: "attached" });
  await page.locator("[data-file-remove]").click();
  await field(page).setInputFiles(bigDocument(site.directory, 1000));
  await page.getByLabel("Which address?").fill("9 Mill Lane");
  await send(page).click();
  await page.waitForURL(/\/received\//);
  await shows(page.locator("main"), "1 file arrived");
  assert.equal(await page.getByText("did not arrive").count(), 0);
});

step("a photo that arrives incomplete is refused with a sentence, and the comment goes without it", async () => {
  const { page } = mei;
  await page.goto(`/service/${id}/`);
  const half = cutOff(await smallPhoto());
  await field(page).setInputFiles(half);
  await page.getByLabel("Your comment").fill("The dial.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await shows(page.locator("[data-form-errors]"), "arrived incomplete or is damaged. Send it again, or another one.");
  await page.getByRole("button", { name: "Send without it" }).click();
  await shows(page.locator("[data-timeline]"), "The dial.");
  assert.deepEqual(await inField(page), []);
  assert.equal(await page.locator("[data-files] li").count(), 0);
});

step("a sent photo stands in its comment with name, size and picture", async () => {
  const { page } = mei;
  await field(page).setInputFiles(await smallPhoto());
  await page.getByRole("button", { name: "Send", exact: true }).click();
  const entry = page.locator("[data-timeline] li[id^=c]").last();
  await shows(entry, "small.jpg");
  await shows(entry, "KB");
  await entry.locator("img[src$='/preview/']").waitFor();
  assert.equal(await page.locator("[data-files] li").count(), 0);
  assertQuiet(mei);
});

step("without scripts the server asks, and keeps what arrived", async () => {
  const { page } = plain;
  await begin(page, "Plain photos.");
  await field(page).setInputFiles([await smallPhoto(), bigDocument(site.directory)]);
  await send(page).click();
  await shows(page.locator(".errsum"), "“plan.pdf” is too large");
  await shows(page.locator("main"), "Already here");
  assert.equal(await page.getByLabel("What is happening?").inputValue(), "Plain photos.");
  await page.getByRole("button", { name: "Send without it" }).click();
  await page.waitForURL(/\/received\//);
  await shows(page.locator("main"), "1 file arrived");
  await shows(page.locator("main"), "small.jpg");
  await shows(page.locator("main"), "“plan.pdf” did not arrive");
  assert.equal(await page.locator(".files img").count(), 0);
  await shows(page.locator(".files"), "Show");
  assertQuiet(plain);
});
