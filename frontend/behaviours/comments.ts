// Writes a comment without leaving the page. The text stays in its field until the server has taken it.

import { showAnswer } from "./answer";
import { setBusy } from "./busy";
import { all, controls, one } from "./dom";
import { forgetDrafts } from "./drafts";
import { showSignedOut } from "./notice";
import { place } from "./patch";
import { post, type Answer } from "./post";
import { goesElsewhere, hasFiles, progressBar } from "./sending";
import { text } from "./texts";
import { say } from "./toast";

type Enhance = (root: ParentNode) => void;

function showErrors(form: HTMLFormElement, html: string): void {
  const slot = one("[data-form-errors]", form);
  if (!slot) return;
  place(slot, html, "replace");
  one("[data-focus]", slot)?.focus();
}

// Only the comment was taken: what is typed beside it, for the status, stays with its draft.
function clearComment(form: HTMLFormElement): void {
  const beside = controls<HTMLTextAreaElement>(form, "textarea").filter((field) => !form.contains(field));
  const typed = beside.map((field) => field.value);
  forgetDrafts(form);
  form.reset();
  beside.forEach((field, index) => {
    field.value = typed[index] ?? "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  one("#unsent", form)?.remove();
}

function accept(form: HTMLFormElement, answer: Answer): void {
  const timeline = one("[data-timeline]");
  if (timeline) place(timeline, answer.html, "append");
  clearComment(form);
  const key = one<HTMLInputElement>('input[name="submission"]', form);
  if (key && answer.nextSubmission) key.value = answer.nextSubmission;
  one("[data-form-errors]", form)?.replaceChildren();
  say(text("commentSent"));
}

function finish(form: HTMLFormElement, answer: Answer, enhance: Enhance): void {
  if (answer.isFragment && answer.status === 200) {
    accept(form, answer);
  } else if (answer.isFragment) {
    showErrors(form, answer.html);
  } else if (answer.wasRedirected) {
    // The server has never heard of fragments, or the session has ended.
    if (new URL(answer.url).pathname === "/accounts/login/") showSignedOut();
    else location.assign(answer.url);
  } else {
    showAnswer(answer.html, enhance);
  }
}

async function send(form: HTMLFormElement, submitter: HTMLElement | null, enhance: Enhance): Promise<void> {
  const bar = hasFiles(form) ? progressBar(form) : null;
  const answered = post(form, submitter, "text/html; fragment", (part) => bar?.show(part));
  setBusy(form, true);
  try {
    finish(form, await answered, enhance);
  } catch {
    say(text("notSent"));
  } finally {
    bar?.remove();
    setBusy(form, false);
  }
}

export function enhanceComments(root: ParentNode, enhance: Enhance): void {
  for (const form of all<HTMLFormElement>("form[data-comment]", root)) {
    form.addEventListener("submit", (event) => {
      if (goesElsewhere(event)) return;
      event.preventDefault();
      if (!form.querySelector("[aria-busy]")) void send(form, event.submitter, enhance);
    });
  }
}
