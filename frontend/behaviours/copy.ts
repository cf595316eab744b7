// "Copy" copies the text of the element that its button names. Without scripts there is no button.

import { all } from "./dom";
import { text } from "./texts";
import { say } from "./toast";

function select(element: HTMLElement): void {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection()?.removeAllRanges();
  getSelection()?.addRange(range);
}

// Not over plain HTTP: there is no clipboard then, but the marked text is one key away.
async function copy(element: HTMLElement): Promise<void> {
  select(element);
  try {
    await navigator.clipboard.writeText(element.textContent ?? "");
    say(text("copied"));
  } catch {
    say(text("copyByKey"));
  }
}

export function startCopying(): void {
  for (const button of all<HTMLButtonElement>("button[data-copy]")) {
    const element = document.getElementById(button.dataset.copy ?? "");
    if (!element) continue;
    button.hidden = false;
    button.addEventListener("click", () => void copy(element));
  }
}
