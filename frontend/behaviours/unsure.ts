// An answer that never came proves nothing: the form may have arrived. Its key is kept with what was typed, so that sending
// it again, also after a reload, is the same submission; and one's own comment on the page with the same words says that
// it did arrive.

import { all, controls, one } from "./dom";
import { keyOf, keysIn, SUBMISSION } from "./drafts";
import { isLeak } from "./leak_words";
import { isUnsure } from "./not_sent";
import { tabStorage } from "./storage";
import { text } from "./texts";

/** `newest` is the number of the newest comment that the page showed then. */
type Sent = { key: string; words: string; newest: number };

export function keyField(form: HTMLFormElement): HTMLInputElement | null {
  return controls<HTMLInputElement>(form, '[name="submission"]')[0] ?? null;
}

// The server may have joined lines and trimmed blanks.
function plain(words: string): string {
  return words.replace(/\s+/g, "");
}

export function wordsIn(form: HTMLFormElement): string {
  return plain(controls<HTMLTextAreaElement>(form, "[data-draft]")[0]?.value ?? "");
}

function numberOf(item: Element): number {
  return Number(item.id.slice(1));
}

function sentOf(form: HTMLFormElement): Sent | null {
  return JSON.parse(tabStorage?.getItem(keyOf(form, SUBMISSION)) ?? "null") as Sent | null;
}

/** Before it is sent. Without a line nothing leaves, so there is nothing to be unsure of. */
function noteSending(form: HTMLFormElement): void {
  const key = keyField(form)?.value;
  if (!key || !navigator.onLine || !keysIn(form).length) return;
  const before = sentOf(form);
  const words = wordsIn(form);
  // Tried again: the first one may be on the page by now.
  if (before?.key === key && before.words === words) return;
  const newest = Math.max(0, ...all("[data-timeline] > [id^=c]").map(numberOf));
  tabStorage?.setItem(keyOf(form, SUBMISSION), JSON.stringify({ key, words, newest }));
}

/** After any answer. */
export function forgetSending(form: HTMLFormElement): void {
  tabStorage?.removeItem(keyOf(form, SUBMISSION));
}

/** The words that arrived although no answer said so; null when the page shows no such comment. */
export function arrivedWords(form: HTMLFormElement): string | null {
  const sent = sentOf(form);
  if (!sent?.words) return null;
  const user = CSS.escape(document.body.dataset.user ?? "");
  const own = all(`[data-timeline] > li[data-own], [data-timeline] > li[data-author="${user}"]`);
  const wordsOf = (item: Element): string => plain(all(".cm__body > p", item).map((p) => p.textContent ?? "").join(""));
  return own.some((item) => numberOf(item) > sent.newest && wordsOf(item) === sent.words) ? sent.words : null;
}

/** After the drafts are there. */
export function enhanceUnsure(root: ParentNode): void {
  for (const form of all<HTMLFormElement>("form", root)) {
    const sent = isUnsure(form) ? sentOf(form) : null;
    const key = keyField(form);
    if (!sent || !key) continue;
    key.value = sent.key;
    const words = one("[data-kept]:not([hidden]) p", form);
    if (words && !isLeak(form)) words.textContent = text("notKnown");
  }
}

export function startUnsure(): void {
  window.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) noteSending(event.target as HTMLFormElement);
  });
  window.addEventListener("sending", (event) => noteSending(event.target as HTMLFormElement));
  window.addEventListener("answered", (event) => forgetSending(event.target as HTMLFormElement));
}
