// Says at the form that it could not be sent, or that no answer comes, until it is: the text is safe only as long as this page
// stays. A leak is sent again by itself, and a reload says so again.

import { all, create, one } from "./dom";
import { keyOf, NOT_SENT, SUBMISSION } from "./drafts";
import { isLeak, leak } from "./leak_words";
import { isFresh, tabStorage } from "./storage";
import { words } from "./words";

export type Waiting = {
  /** Gives up the request, after "Try again". */
  signal: AbortSignal;
  /** Something went over the line. */
  moved(): void;
  over(): void;
};

const PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 120_000;
const LATE_LEAK_MS = 10_000;
const LATE_MS = 20_000;

const waiting = new WeakMap<HTMLFormElement, AbortController>();
/** Forms whose words were changed after they were sent. */
const changed = new WeakSet<HTMLFormElement>();
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

function sendAgainSoon(): void {
  clearTimeout(timer);
  timer = window.setTimeout(sendAgain, pause);
}

function rememberLeak(form: HTMLFormElement): void {
  tabStorage?.setItem(keyOf(form, NOT_SENT), `${Date.now()}`);
  sendAgainSoon();
}

// Half a word is never sent by itself.
function rest(form: HTMLFormElement): void {
  const said = one("[data-not-sent=leak] [data-if-changed]", form);
  if (!said || !changed.has(form)) return;
  clearTimeout(timer);
  tabStorage?.setItem(keyOf(form, NOT_SENT), "changed");
  said.closest("div")?.setAttribute("data-not-sent", "changed");
  said.previousElementSibling?.remove();
  said.hidden = false;
}

/** It was sent, and no answer came (unsure.ts). */
export function isUnsure(form: HTMLFormElement): boolean {
  return !!tabStorage?.getItem(keyOf(form, SUBMISSION));
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
  const again = create("button", { type: "button", class: "btn btn--line btn--s" }, words.tryAgain ?? "");
  again.addEventListener("click", () => press(form, submitter));
  const alert = create("div", { class: "msg msg--warn", role: "alert", "data-not-sent": "" });
  (submitter && form.contains(submitter) ? (submitter.closest(".actions, .composer__end") ?? submitter) : form.lastElementChild)?.before(alert);
  // Filled after it is in the document: an empty live region announces what is added to it.
  const ofLeak = leak.words(form, isLate);
  if (ofLeak) {
    alert.dataset.notSent = "leak";
    rememberLeak(form);
  }
  alert.tabIndex = -1;
  alert.append(...(ofLeak ?? [create("p", {}, words[isLate ? "takesLong" : isUnsure(form) ? "notKnown" : "notSent"] ?? "")]));
  // What makes nothing twice may be sent again while nobody knows whether it arrived.
  if (ofLeak || !isLate) alert.append(create("div", { class: "actions" }, again));
  rest(form);
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
  if (!document.activeElement?.matches("input, textarea")) alert.focus({ preventScroll: true });
}

/** On a dead line no answer comes, and no refusal either: this says so while the form waits. */
export function startWaiting(form: HTMLFormElement, submitter: HTMLElement | null): Waiting {
  const controller = new AbortController();
  changed.delete(form);
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
  window.addEventListener("input", ({ target }) => {
    const { form, type } = target as HTMLInputElement;
    if (!form || type === "radio") return;
    changed.add(form);
    rest(form);
  });
  for (const form of all<HTMLFormElement>("form[data-keep], form[data-comment]")) {
    const sent = tabStorage?.getItem(keyOf(form, NOT_SENT));
    if (!sent || !isLeak(form)) continue;
    if (!isFresh(sent)) changed.add(form);
    showNotSent(form, null);
  }
}
