// Says at the form that it could not be sent, until it is: the text is safe only as long as this page stays.

import { create, one } from "./dom";
import { text } from "./texts";

export function forgetNotSent(form: HTMLFormElement): void {
  one("[data-not-sent]", form)?.remove();
}

// Whom to call, and that it goes as soon as the line is back; nothing when the form is no leak's.
function wordsOfLeak(form: HTMLFormElement): Node[] | null {
  const words = one<HTMLTemplateElement>("template[data-leak-not-sent]", form);
  if (!words?.parentElement?.getClientRects().length) return null;
  const copy = words.content.cloneNode(true) as DocumentFragment;
  if (!one('[name="unable_to_leave"][value="yes"]:checked', form)) one("[data-if-trapped]", copy)?.remove();
  return [...copy.childNodes];
}

export function showNotSent(form: HTMLFormElement, submitter: HTMLElement | null): void {
  forgetNotSent(form);
  const again = create("button", { type: "button", class: "btn btn--line btn--s" }, text("tryAgain"));
  again.addEventListener("click", () => form.requestSubmit(submitter?.isConnected ? submitter : null));
  const alert = create("div", { class: "msg msg--warn", role: "alert", "data-not-sent": "" });
  (submitter && form.contains(submitter) ? (submitter.closest(".actions, .composer__end") ?? submitter) : form.lastElementChild)?.before(alert);
  // Filled after it is in the document: an empty live region announces what is added to it.
  const leak = wordsOfLeak(form);
  if (leak) alert.dataset.notSent = "leak";
  alert.tabIndex = -1;
  alert.append(...(leak ?? [create("p", {}, text("notSent"))]), create("div", { class: "actions" }, again));
  // The button that was pressed rested while it was sent, which leaves the focus nowhere.
  alert.focus();
}

/** A leak goes as soon as the line is back. */
export function startNotSent(): void {
  window.addEventListener("online", () => one("[data-not-sent=leak] button")?.click());
}
