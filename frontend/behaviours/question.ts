// Closes a question about a change of status when the status was changed meanwhile, and keeps what was typed as an answer.

import { one } from "./dom";
import { place } from "./patch";

function setBox(form: HTMLFormElement, box: HTMLTextAreaElement, words: string): void {
  const note = one<HTMLInputElement>('[name="visibility"][value="internal"]', form);
  if (note) note.checked = true;
  box.value = box.value ? `${box.value}\n\n${words}` : words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

// It becomes a note, but never a part of what the customer reads.
function keepAnswer(form: HTMLFormElement, words: string): "note" | "reason" {
  const box = one<HTMLTextAreaElement>('[name="text"]', form);
  const isNote = one<HTMLInputElement>('[name="visibility"]:checked', form)?.value === "internal";
  if (!box || (box.value && !isNote)) return "reason";
  setBox(form, box, words);
  return "note";
}

function forget(answer: HTMLTextAreaElement): void {
  answer.value = "";
  answer.dispatchEvent(new Event("input", { bubbles: true }));
}

export function closeQuestion({ html }: { html: string }): void {
  const slot = one('[data-slot="question"]');
  const form = slot?.closest("form");
  // While it is being sent, the next page says what became of it.
  if (!slot?.firstElementChild || !form || form.querySelector("[aria-busy]")) return;
  const answer = one<HTMLTextAreaElement>('[name="reason"]', slot);
  const words = answer?.value.trim() ?? "";
  const hadFocus = slot.contains(document.activeElement);
  const kept = words ? keepAnswer(form, words) : null;
  if (answer && kept === "note") forget(answer);
  const before = one("[data-kept-reason] q", slot)?.textContent ?? "";
  place(slot, html, "replace");
  const part = one(`[data-kept-${kept ?? (before ? "reason" : "none")}]`, slot);
  if (part) part.hidden = false;
  const quote = one("[data-kept-reason] q", slot);
  if (quote) quote.textContent = words || before;
  if (hadFocus) one<HTMLTextAreaElement>('[name="text"]', form)?.focus();
}
