// Shows a refusing page in place of <main>, with the chosen files carried over: they cannot be re-sent by the server.

import { carryFiles } from "./file_hooks";
import { all, one } from "./dom";
import { adoptIcons, parsePage } from "./fragment";
import { forgetToasts } from "./toast";

// A page in another frame, such as the sign-in page after a session has ended: its <main> has no place in this frame's columns.
function showFrame(page: Document): HTMLElement {
  const href = (sheet: Element): string => sheet.getAttribute("href") ?? "";
  const wanted = all('link[rel="stylesheet"]', page);
  const present = all('link[rel="stylesheet"]');
  for (const sheet of wanted)
    if (!present.some((other) => href(other) === href(sheet))) document.head.append(document.importNode(sheet, true));
  for (const sheet of present) if (!wanted.some((other) => href(other) === href(sheet))) sheet.remove();
  const body = document.importNode(page.body, true);
  document.body.replaceWith(body);
  return body;
}

function showMain(page: Document, fresh: HTMLElement, old: HTMLElement): HTMLElement {
  const isCarried = carryFiles(old, fresh);
  adoptIcons(page);
  old.replaceWith(fresh);
  if (isCarried) for (const words of all("[data-files-lost], [data-held]", fresh)) words.remove();
  return fresh;
}

// After Back a browser restores what differs from what the server wrote, and Back leads to the empty form.
function rememberTyped(shown: HTMLElement): void {
  for (const field of all<HTMLInputElement | HTMLTextAreaElement>("textarea, input:not([type=hidden], [type=file], [type=radio], [type=checkbox])", shown)) {
    const { value } = field;
    field.value = value;
    field.defaultValue = "";
  }
}

export function showAnswer(html: string, enhance: (root: ParentNode) => void): void {
  const page = parsePage(html);
  const fresh = page.querySelector("main");
  const old = document.querySelector("main");
  if (!fresh || !old) return;
  forgetToasts();
  document.title = page.title;
  const isSameFrame = page.body.className === document.body.className;
  const shown = isSameFrame ? showMain(page, fresh, old) : showFrame(page);
  rememberTyped(shown);
  enhance(shown);
  window.scrollTo(0, 0);
  (one("[data-focus]", shown) ?? one("main") ?? shown).focus();
}
