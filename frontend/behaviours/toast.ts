// Says a short-lived result in the polite live region at the bottom of the screen.

import { create, one } from "./dom";

const VISIBLE_MS = 6000;

export function say(words: string): void {
  const toast = create("div", { class: "toast" }, create("span", {}, words));
  one(".toasts")?.append(toast);
  setTimeout(() => toast.remove(), VISIBLE_MS);
}
