// Says at the form that it could not be sent, until it is: the text is safe only as long as this page stays.

import { create, one } from "./dom";
import { text } from "./texts";

export function forgetNotSent(form: HTMLFormElement): void {
  one("[data-not-sent]", form)?.remove();
}

export function showNotSent(form: HTMLFormElement, submitter: HTMLElement | null): void {
  forgetNotSent(form);
  const again = create("button", { type: "button", class: "btn btn--line btn--s" }, text("tryAgain"));
  again.addEventListener("click", () => form.requestSubmit(submitter));
  const alert = create("div", { class: "msg msg--warn", role: "alert", "data-not-sent": "" });
  (submitter && form.contains(submitter) ? (submitter.closest(".actions, .composer__end") ?? submitter) : form.lastElementChild)?.before(alert);
  // Filled after it is in the document: an empty live region announces what is added to it.
  alert.append(create("p", {}, text("notSent")), create("div", { class: "actions" }, again));
}
