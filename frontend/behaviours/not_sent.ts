// Says at the form that it could not be sent, until it is: the text is safe only as long as this page stays. A leak is sent
// again by itself, and a reload says so again.

import { all, create, one } from "./dom";
import { keyOf, SUBMISSION } from "./drafts";
import { tabStorage } from "./storage";
import { text } from "./texts";

const NOT_SENT = "not-sent";
const PAUSE_MS = 15_000;

let timer = 0;

export function forgetNotSent(form: HTMLFormElement): void {
  clearTimeout(timer);
  tabStorage?.removeItem(keyOf(form, NOT_SENT));
  one("[data-not-sent]", form)?.remove();
}

function sendAgain(): void {
  one("[data-not-sent=leak] button")?.click();
}

// Not under the fingers of somebody who writes on: the answer takes the focus.
function sendAgainSoon(): void {
  timer = window.setTimeout(() => (document.activeElement?.matches("input, textarea") ? sendAgainSoon() : sendAgain()), PAUSE_MS);
}

function rememberLeak(form: HTMLFormElement): void {
  tabStorage?.setItem(keyOf(form, NOT_SENT), "1");
  sendAgainSoon();
}

function leakWords(form: HTMLFormElement): HTMLTemplateElement | null {
  const words = one<HTMLTemplateElement>("template[data-leak-not-sent]", form);
  return words?.parentElement?.getClientRects().length ? words : null;
}

export function isLeak(form: HTMLFormElement): boolean {
  return leakWords(form) !== null;
}

/** It was sent, and no answer came (unsure.ts). */
export function isUnsure(form: HTMLFormElement): boolean {
  return !!tabStorage?.getItem(keyOf(form, SUBMISSION));
}

// Whom to call, and that it goes as soon as the line is back; nothing when the form is no leak's.
function wordsOfLeak(form: HTMLFormElement): Node[] | null {
  const words = leakWords(form);
  if (!words) return null;
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
  if (leak) {
    alert.dataset.notSent = "leak";
    rememberLeak(form);
  }
  alert.tabIndex = -1;
  alert.append(...(leak ?? [create("p", {}, text(isUnsure(form) ? "notKnown" : "notSent"))]), create("div", { class: "actions" }, again));
  // The button that was pressed rested while it was sent, which leaves the focus nowhere.
  alert.focus();
  form.dispatchEvent(new Event("not-sent"));
}

/** A leak goes as soon as the line is back. After the drafts are there. */
export function startNotSent(): void {
  window.addEventListener("online", sendAgain);
  for (const form of all<HTMLFormElement>("form[data-keep]"))
    if (tabStorage?.getItem(keyOf(form, NOT_SENT)) && wordsOfLeak(form)) showNotSent(form, null);
}
