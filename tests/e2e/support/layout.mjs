// Looks at a page on screens from the narrowest phone to a wide desk, in both themes.

import assert from "node:assert/strict";
import fs from "node:fs";
import { sit } from "./people.mjs";

const measuring = fs.readFileSync(new URL("layout_in_page.js", import.meta.url), "utf8");
export const WIDTHS = [320, 390, 768, 1024, 1100, 1280, 1440, 1920];
const HEIGHT = 900;
const THEMES = ["light", "dark"];

async function measure(theme) {
  document.documentElement.dataset.theme = theme;
  await document.fonts.ready;
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  return window.measureLayout();
}

/** Everything said about the open page at each width, in each theme, and by `look` at each width. */
export async function remarksOn(page, { widths = WIDTHS, look } = {}) {
  const all = [];
  await page.evaluate(measuring);
  for (const width of widths) {
    await page.setViewportSize({ width, height: HEIGHT });
    for (const theme of THEMES) {
      for (const remark of await page.evaluate(measure, theme)) all.push(`${width} px, ${theme}: ${remark}`);
    }
    for (const remark of (await look?.(page, width)) ?? []) all.push(`${width} px: ${remark}`);
  }
  return all;
}

/** Every text becomes two fifths longer, as in a language that we do not have yet; one word stays one word. */
function makeLonger() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const words = text.data.trim();
    // Emails are nobody’s words.
    if (!/\p{L}{3}/u.test(words) || words.includes("@") || text.parentElement.closest("script, style, svg, textarea, [data-texts], time, code, .ref, .num")) continue;
    const filler = "ö".repeat(Math.ceil(words.length * 0.4));
    text.data = text.data.trimEnd() + (/\s/.test(words) ? filler.replace(/.{1,7}/g, " $&") : filler) + (/\s$/.exec(text.data)?.[0] ?? "");
  }
}

/**
 * Looks at every page of `list` as `name`, in `language`; fails with all that is cut off or outside of the screen. With `longer` words,
 * on the screens of `widths`.
 */
export async function lookAtPages(browser, site, { name, list, language = "en", longer = false, widths = WIDTHS }) {
  const found = [];
  const person = await sit(browser, site, { name });
  await person.context.addCookies([{ name: "language", value: language, url: site.url }]);
  for (const { name: called, path, act, look } of list) {
    await person.page.goto(path);
    await act?.(person.page);
    assert.equal(await person.page.locator("html").getAttribute("lang"), language, path);
    if (longer) await person.page.evaluate(makeLonger);
    for (const remark of await remarksOn(person.page, { widths, look })) found.push(`${called}, ${remark}`);
  }
  await person.context.close();
  found.push(...person.complaints);
  assert.ok(found.length === 0, `${found.length} remarks\n${found.join("\n")}`);
}
