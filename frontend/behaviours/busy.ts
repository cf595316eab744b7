// A form is sent once: its buttons rest from the moment after it was sent until the page is shown again.

import { all, controls } from "./dom";

export function setBusy(form: HTMLFormElement, isBusy: boolean): void {
  for (const button of controls<HTMLButtonElement>(form, "button:not([type=button], [type=reset], [data-no-enter])")) {
    button.disabled = isBusy;
    if (isBusy) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }
}

export function startBusyGuard(): void {
  window.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== "post") return;
    // Later, so that the pressed button's own name and value are still sent.
    setTimeout(() => setBusy(form, true));
  });
  window.addEventListener("pageshow", () => {
    for (const form of all<HTMLFormElement>("form")) if (form.querySelector("[aria-busy]")) setBusy(form, false);
  });
}
