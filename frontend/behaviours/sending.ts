// A form with files shows how far it is, and one that must not be lost stays on the page until it is sent. Without this
// script the same form travels as a plain post.

import { setBusy } from "./busy";
import { all, controls, one } from "./dom";
import { forgetDrafts } from "./drafts";
import { clearFiles, filesAreReady, hasChosen, progressBar } from "./file_hooks";
import { forgetNotSent, sendOnceMore, showNotSent, startWaiting } from "./not_sent";
import { post, type Answer } from "./post";
import { showAnswer } from "./answer";

export function hasFiles(form: HTMLFormElement): boolean {
  return all<HTMLInputElement>("input[type=file]", form).some((input) => (input.files?.length ?? 0) > 0);
}

// A button of the form that does something else with it, such as changing the status.
export function goesElsewhere(event: SubmitEvent): boolean {
  return event.submitter?.hasAttribute("formaction") === true;
}

export function asksToSignIn(answer: Answer): boolean {
  return answer.wasRedirected && new URL(answer.url).pathname === "/accounts/login/";
}

/** Shows an answer that is a page. */
export function finish(form: HTMLFormElement, answer: Answer, enhance: (root: ParentNode) => void): void {
  if (answer.wasRedirected) {
    if (!asksToSignIn(answer)) {
      forgetDrafts(form);
      // After Back they would go with the next one.
      clearFiles(form);
    }
    location.assign(answer.url);
    return;
  }
  if (answer.status < 400) forgetDrafts(form);
  // Its buttons in the bar of emergencies outlive the page's <main>.
  setBusy(form, false);
  showAnswer(answer.html, enhance);
}

/** Sends the form and lets `finish` show the answer, or says at the form that none came. After "Try again" once more. */
export async function sendForm(form: HTMLFormElement, submitter: HTMLElement | null, accept: string, finish: (answer: Answer) => void) {
  setBusy(form, true);
  if (!(await filesAreReady(form, submitter))) return setBusy(form, false);
  const bar = hasFiles(form) ? progressBar(form) : null;
  const waiting = startWaiting(form, submitter);
  const progress = (part: number): void => {
    bar?.show(part);
    waiting.moved();
  };
  try {
    // unsure.ts listens, where it is loaded.
    form.dispatchEvent(new Event("sending", { bubbles: true }));
    const answer = await post(form, submitter, accept, progress, waiting.signal);
    forgetNotSent(form);
    form.dispatchEvent(new Event("answered", { bubbles: true }));
    finish(answer);
  } catch {
    setBusy(form, false);
    if (!waiting.signal.aborted) showNotSent(form, submitter);
  } finally {
    waiting.over();
    bar?.remove();
  }
  if (waiting.signal.aborted) sendOnceMore(form, submitter);
}

export function enhanceSending(root: ParentNode, enhance: (root: ParentNode) => void): void {
  for (const form of all<HTMLFormElement>('form[enctype="multipart/form-data"], form[data-stay]', root)) {
    form.addEventListener("submit", (event) => {
      if (form.matches("[data-comment]") && !goesElsewhere(event)) return;
      if (event.defaultPrevented || !(hasFiles(form) || hasChosen(form) || form.matches("[data-stay]")) || !one("main")) return;
      event.preventDefault();
      if (!controls(form, "[aria-busy]").length) void sendForm(form, event.submitter as HTMLElement | null, "text/html", (answer) => finish(form, answer, enhance));
    });
  }
}
