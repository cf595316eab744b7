// Says at the form that it could not be sent, or that no answer comes, until it is: the text is safe only as long as this page
// stays. A leak is sent again by itself, and a reload says so again.

import { all, create, one } from "./dom";
import { keyOf, SUBMISSION } from "./drafts";
import { tabStorage } from "./storage";
import { text } from "./texts";

export type Waiting = {
  /** Gives up the request, after "Try again". */
  signal: AbortSignal;
  /** Something went over the line. */
  moved(): void;
  over(): void;
};

const NOT_SENT = "not-sent";
const PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 120_000;
const LATE_LEAK_MS = 10_000;
const LATE_MS = 20_000;

const waiting = new WeakMap<HTMLFormElement, AbortController>();
let timer = 0;
let pause = PAUSE_MS;

export function forgetNotSent(form: HTMLFormElement): void {
  clearTimeout(timer);
  tabStorage?.removeItem(keyOf(form, NOT_SENT));
  one("[data-not-sent]", form)?.remove();
}

function sendAgain(): void {
  one("[data-not-sent=leak] button")?.click();
}

function isWriting(): boolean {
  return !!document.activeElement?.matches("input, textarea");
}

// Not under the fingers of somebody who writes on: the answer takes the focus.
function sendAgainSoon(): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => (isWriting() ? sendAgainSoon() : sendAgain()), pause);
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
function wordsOfLeak(form: HTMLFormElement, isLate: boolean): Node[] | null {
  const words = leakWords(form);
  if (!words) return null;
  const copy = words.content.cloneNode(true) as DocumentFragment;
  if (!one('[name="unable_to_leave"][value="yes"]:checked', form)) one("[data-if-trapped]", copy)?.remove();
  for (const part of all(isLate ? "[data-if-refused]" : "[data-if-late]", copy)) part.remove();
  return [...copy.childNodes];
}

export function sendOnceMore(form: HTMLFormElement, submitter: HTMLElement | null): void {
  form.requestSubmit(submitter?.isConnected ? submitter : null);
}

// A request that is still under way is given up first, and its sender sends it once more. The form key makes one of both.
function press(form: HTMLFormElement, submitter: HTMLElement | null): void {
  const controller = waiting.get(form);
  if (controller) controller.abort();
  else sendOnceMore(form, submitter);
}

function show(form: HTMLFormElement, submitter: HTMLElement | null, isLate: boolean): HTMLElement {
  forgetNotSent(form);
  const again = create("button", { type: "button", class: "btn btn--line btn--s" }, text("tryAgain"));
  again.addEventListener("click", () => press(form, submitter));
  const alert = create("div", { class: "msg msg--warn", role: "alert", "data-not-sent": "" });
  (submitter && form.contains(submitter) ? (submitter.closest(".actions, .composer__end") ?? submitter) : form.lastElementChild)?.before(alert);
  // Filled after it is in the document: an empty live region announces what is added to it.
  const leak = wordsOfLeak(form, isLate);
  if (leak) {
    alert.dataset.notSent = "leak";
    rememberLeak(form);
  }
  alert.tabIndex = -1;
  alert.append(...(leak ?? [create("p", {}, text(isLate ? "takesLong" : isUnsure(form) ? "notKnown" : "notSent"))]));
  // What makes nothing twice may be sent again while nobody knows whether it arrived.
  if (leak || !isLate) alert.append(create("div", { class: "actions" }, again));
  return alert;
}

export function showNotSent(form: HTMLFormElement, submitter: HTMLElement | null): void {
  pause = PAUSE_MS;
  // The button that was pressed rested while it was sent, which leaves the focus nowhere.
  show(form, submitter, false).focus();
  form.dispatchEvent(new Event("not-sent"));
}

// Announced once, and not under the fingers of somebody who writes on. The pauses between the tries grow, so that a slow
// line has the time for an answer.
function showLate(form: HTMLFormElement, submitter: HTMLElement | null): void {
  if (one("[data-late]", form)) {
    pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    if (one("[data-not-sent=leak]", form)) sendAgainSoon();
    return;
  }
  pause = PAUSE_MS;
  const alert = show(form, submitter, true);
  alert.dataset.late = "";
  if (!isWriting()) alert.focus({ preventScroll: true });
}

/** On a dead line no answer comes, and no refusal either: this says so while the form waits. */
export function startWaiting(form: HTMLFormElement, submitter: HTMLElement | null): Waiting {
  const controller = new AbortController();
  waiting.set(form, controller);
  const late = window.setTimeout(() => showLate(form, submitter), isLeak(form) ? LATE_LEAK_MS : LATE_MS);
  return {
    signal: controller.signal,
    moved: () => {
      if (one("[data-late][data-not-sent=leak]", form)) sendAgainSoon();
    },
    over: () => {
      clearTimeout(late);
      waiting.delete(form);
    },
  };
}

/** A leak goes as soon as the line is back. After the drafts are there. */
export function startNotSent(): void {
  window.addEventListener("online", sendAgain);
  for (const form of all<HTMLFormElement>("form[data-keep], form[data-comment]"))
    if (tabStorage?.getItem(keyOf(form, NOT_SENT)) && wordsOfLeak(form, false)) showNotSent(form, null);
}
