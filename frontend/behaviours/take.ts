// "I have it", "I can't go on" and "Take over" without leaving the page: what is typed on it stays. Where anything is
// unclear the button's form goes its ordinary way.

import { showLines, wereLinesSettled } from "./alarms";
import { one } from "./dom";
import { parseFragment } from "./fragment";
import { post } from "./post";
import { text } from "./texts";
import { say } from "./toast";

async function take(button: HTMLButtonElement, form: HTMLFormElement): Promise<void> {
  button.disabled = true;
  try {
    // What came in later still rings.
    one<HTMLInputElement>("#take [name=position]")!.value = document.body.dataset.liveAfter ?? "";
    // Not the form with the typed text, which would send that along, files too.
    const answer = await post(one<HTMLFormElement>("#take")!, button, "text/html; fragment", () => undefined);
    button.disabled = false;
    if (!answer.isFragment) {
      form.requestSubmit(button);
      return;
    }
    const [words, lines] = parseFragment(answer.html);
    say(words!.textContent!.trim());
    showLines([...lines!.children]);
  } catch {
    button.disabled = false;
    say(text("notSent"));
  }
}

export function startTaking(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-take]");
    if (!button?.form || button.disabled) return;
    event.preventDefault();
    // The line that was aimed at may just have moved away; a key press means the button that has the focus.
    if (event.detail > 0 && !wereLinesSettled(event)) return;
    void take(button, button.form);
  });
}
