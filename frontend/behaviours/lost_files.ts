// No browser keeps chosen files over a reload. Their names are kept with the text, so that the page can ask for them again.

import { one } from "./dom";
import { keyOf, NAMES } from "./drafts";
import { tabStorage } from "./storage";

function wordsAbout(input: HTMLInputElement): HTMLElement | null {
  return one("[data-kept-files]", input.form ?? document);
}

/** What is chosen now. */
export function keepNames(input: HTMLInputElement, names: string[]): void {
  const key = keyOf(input.form, NAMES);
  if (names.length) tabStorage?.setItem(key, JSON.stringify(names));
  else tabStorage?.removeItem(key);
  const words = wordsAbout(input);
  if (words) words.hidden = true;
}

/** Names what was chosen before; not beside the server's words about the same. */
export function nameLost(input: HTMLInputElement): void {
  const kept = tabStorage?.getItem(keyOf(input.form, NAMES));
  const words = wordsAbout(input);
  if (!kept || !words || input.files?.length || one("[data-files-lost], [data-held]")) return;
  one("bdi", words)!.textContent = (JSON.parse(kept) as string[]).join(", ");
  // With the note about the text, which may be far above the field.
  one("[data-kept]:not([hidden]) p", input.form ?? document)?.after(words);
  words.hidden = false;
}
