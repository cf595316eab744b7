// "Start over" at a form whose text came back.

import { all, one } from "./dom";
import { forgetDrafts } from "./drafts";
import { tabStorage } from "./storage";

const STARTED_OVER = "started-over";

// The button sends a form of its own where the server keeps a text too.
function startOver(form: HTMLFormElement, button: HTMLButtonElement): void {
  forgetDrafts(form);
  tabStorage?.setItem(STARTED_OVER, "1");
  if (button.type === "button") location.assign(location.pathname);
}

export function enhanceStartOver(root: ParentNode): void {
  for (const button of all<HTMLButtonElement>("[data-start-over]", root)) {
    const form = button.closest("form");
    if (form) button.addEventListener("click", () => startOver(form, button));
  }
}

// The button is gone with the text; the page begins at its heading.
export function focusAfterStartOver(): void {
  const heading = tabStorage?.getItem(STARTED_OVER) ? one("h1") : null;
  tabStorage?.removeItem(STARTED_OVER);
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
}
