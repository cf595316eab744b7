// Says a short-lived result in the polite live region at the bottom of the screen, one at a time.

import { create, one } from "./dom";

const VISIBLE_MS = 6000;

/** Of something older than what is said now. */
export function forgetToasts(): void {
  one(".toasts")?.replaceChildren();
}

export function say(words: string): void {
  const toast = create("div", { class: "toast" }, words);
  one(".toasts")?.replaceChildren(toast);
  setTimeout(() => toast.remove(), VISIBLE_MS);
}
