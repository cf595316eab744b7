// The box of a comment, empty again once the comment was sent.

import { all, one } from "./dom";
import { forgetDrafts } from "./drafts";
import { clearFiles } from "./file_hooks";
import { randomKey } from "./live_messages";
import { forgetNotSent } from "./not_sent";
import { text } from "./texts";
import { say } from "./toast";
import { arrivedWords, forgetSending, keyField, wordsIn } from "./unsure";

export function visibilityOf(form: HTMLFormElement): HTMLInputElement | null {
  return one<HTMLInputElement>('[name="visibility"]:checked', form);
}

// After a note the next text is a note too: it must not become a reply to the customer. The text may have come from the
// server, so a reset alone would bring it back.
export function clearComment(form: HTMLFormElement): void {
  const chosen = visibilityOf(form);
  forgetDrafts(form);
  form.reset();
  clearFiles(form);
  if (chosen) chosen.checked = true;
  for (const field of all<HTMLTextAreaElement>("textarea", form)) {
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  for (const over of all("[data-slot=unseen], #unsent, #safe, .composer__warn, [data-kept]", form)) over.remove();
  one("[data-overtaken]")?.remove();
}

export function wordsAfter(form: HTMLFormElement): string {
  const visibility = visibilityOf(form)?.value;
  if (!visibility) return text("commentSent");
  return text(visibility === "internal" ? "noteSaved" : "replySent");
}

/** The page shows the comment that nobody knew the end of: it was sent, and what was typed since stays. */
export function settleArrived(form: HTMLFormElement): void {
  const words = arrivedWords(form);
  if (words === null) return;
  const sent = wordsAfter(form);
  if (words === wordsIn(form)) clearComment(form);
  forgetSending(form);
  forgetNotSent(form);
  // The next one is another submission, also with the same words.
  const key = keyField(form);
  if (key) key.value = randomKey() + randomKey();
  say(sent);
}
