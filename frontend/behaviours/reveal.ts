// A button that shows the password while it is typed.

import { all, one } from "./dom";

export function enhanceReveals(root: ParentNode): void {
  for (const box of all("[data-reveal]", root)) {
    const input = one<HTMLInputElement>("input", box);
    const button = one<HTMLButtonElement>("button", box);
    if (!input || !button) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const isShown = input.type === "text";
      input.type = isShown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!isShown));
    });
    // Browsers offer to keep a password only if it is sent as one.
    input.form?.addEventListener("submit", () => (input.type = "password"));
  }
}
