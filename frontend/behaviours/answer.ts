// Shows a refusing page in place of <main>, with the chosen files carried over: they cannot be re-sent by the server.

import { all, one } from "./dom";
import { adoptIcons, parsePage } from "./fragment";

export function showAnswer(html: string, enhance: (root: ParentNode) => void): void {
  const page = parsePage(html);
  const fresh = page.querySelector("main");
  const old = document.querySelector("main");
  if (!fresh || !old) return;
  const files = new Map(all<HTMLInputElement>("input[type=file]", old).map((input) => [input.name, input.files]));
  adoptIcons(page);
  document.title = page.title;
  old.replaceWith(fresh);
  for (const input of all<HTMLInputElement>("input[type=file]", fresh)) {
    const kept = files.get(input.name);
    if (kept) input.files = kept;
  }
  enhance(fresh);
  window.scrollTo(0, 0);
  (one("[data-focus]", fresh) ?? (fresh as HTMLElement)).focus();
}
