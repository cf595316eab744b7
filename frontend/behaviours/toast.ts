// Says a short-lived result in the polite live region at the bottom of the screen.

import { all, create, one } from "./dom";

const VISIBLE_MS = 6000;

/** Of something older than what is said now. */
export function forgetToasts(): void {
  for (const toast of all(".toast")) toast.remove();
}

export function say(words: string): void {
  const toast = create("div", { class: "toast" }, create("span", {}, words));
  one(".toasts")?.append(toast);
  setTimeout(() => toast.remove(), VISIBLE_MS);
}
