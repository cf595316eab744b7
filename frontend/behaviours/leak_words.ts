// What the form of a leak report, or of a comment on an open one, says when it could not be sent: whom to call, and that it
// goes as soon as the line is back. The desk has no such form, and its bundle no such words.

import { all, one } from "./dom";

/** Nothing when the form is no leak's. */
export const leak = { words: (_form: HTMLFormElement, _isLate: boolean): Node[] | null => null };

export function isLeak(form: HTMLFormElement): boolean {
  return leak.words(form, false) !== null;
}

function wordsOf(form: HTMLFormElement, isLate: boolean): Node[] | null {
  const words = one<HTMLTemplateElement>("template[data-leak-not-sent]", form);
  if (!words?.parentElement?.getClientRects().length) return null;
  const copy = words.content.cloneNode(true) as DocumentFragment;
  if (!one('[name="unable_to_leave"][value="yes"]:checked', form)) one("[data-if-trapped]", copy)?.remove();
  for (const part of all(isLate ? "[data-if-refused]" : "[data-if-late]", copy)) part.remove();
  return [...copy.childNodes];
}

export function startLeakWords(): void {
  leak.words = wordsOf;
}
