// A page that the browser shows again as it was, after Back, is as old as that: what a form of it was told may be over.

import { one } from "./dom";

export function startShownAgain(): void {
  let hasSent = false;
  window.addEventListener("submit", () => (hasSent = true));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && (hasSent || one("[data-refused], [data-news]"))) location.reload();
  });
}
