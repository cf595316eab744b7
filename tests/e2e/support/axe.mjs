// Looks at one page as axe-core does, and for what axe cannot see: sideways scroll, complaints of the browser.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { sit } from "./people.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
// The themes differ in nothing but colours.
const RULES = {
  light: { type: "tag", values: TAGS },
  dark: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
};
const LOOKS = [
  { theme: "light", language: "en" },
  { theme: "light", language: "es" },
  { theme: "dark", language: "en" },
];
const HEIGHT = 900;

// axe skips text over gradients and decorative pseudo-elements. They are made flat: the lighter end of a gradient on
// the narrow screen, the darker on the wide one.
const flat = (isNarrow) => `
.emerg { background: ${isNarrow ? "var(--emerg)" : "var(--emerg-2)"} !important }
.acct__top { background: ${isNarrow ? "#2461d2" : "#123a8f"} !important }
.auth__aside { background: ${isNarrow ? "#1c55c8" : "#2a63d6"} !important }
.qt tr.is-emergency { background: ${isNarrow ? "var(--danger-soft)" : "var(--surface)"} !important }
.tl::before, .tabbar a::before, .req h3 a::after, .rows a::after { content: none !important }
select.input { background-image: none !important }`;

async function violations(page, isNarrow, rules) {
  return page.evaluate(
    async ([css, runOnly]) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets = [sheet];
      // Two frames, or axe may measure the colours from before.
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      const result = await window.axe.run({ runOnly, resultTypes: ["violations"] });
      return result.violations.flatMap((violation) =>
        violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")}: ${node.any[0]?.message ?? ""}`),
      );
    },
    [flat(isNarrow), rules],
  );
}

async function sideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

async function look(person, { path, act }, rules) {
  const { page } = person;
  const found = [];
  await page.setViewportSize({ width: 390, height: HEIGHT });
  await page.goto(path);
  await act?.(page);
  await page.evaluate(axe);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: HEIGHT });
    // From the top nothing is behind the sticky bar: axe leaves out what is wholly covered, and blames what is half covered.
    await page.evaluate(() => window.scrollTo(0, 0));
    for (const violation of await violations(page, width === 390, rules)) found.push(`${width}: ${violation}`);
  }
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: HEIGHT });
    const over = await sideways(page);
    if (over > 0) found.push(`scrolls sideways by ${over} at ${width}`);
  }
  return found;
}

/**
 * Looks at every page of `list` in both themes and languages as `name` (a guest without); fails with all that was found. What a
 * page's `act` does by English words is left out in Spanish; one that finds everything without words says `speaksAll`.
 */
export async function lookAt(browser, site, { name, list }) {
  const found = [];
  for (const { theme, language } of LOOKS) {
    const person = await sit(browser, site, { name });
    await person.context.addCookies(Object.entries({ theme, language }).map(([key, value]) => ({ name: key, value, url: site.url })));
    for (const page of list.filter(({ act, speaksAll }) => language === "en" || !act || speaksAll)) {
      for (const remark of await look(person, page, RULES[theme])) found.push(`${page.name}, ${theme}, ${language}, ${remark}`);
      assert.equal(await person.page.locator("html").getAttribute("lang"), language, page.path);
    }
    found.push(...person.complaints);
    await person.context.close();
  }
  assert.deepEqual(found, []);
}
