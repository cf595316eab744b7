// Writes a comment without leaving the page. The text stays in its field until the server has taken it.

import { setBusy } from "./busy";
import { clearComment, settleArrived, visibilityOf, wordsAfter } from "./comment_box";
import { all, controls, one } from "./dom";
import { forgetErrors, showErrors } from "./field_errors";
import { place } from "./patch";
import type { Answer } from "./post";
import { asksToSignIn, finish, goesElsewhere, sendForm } from "./sending";
import { showSignedOut } from "./signed_out";
import { text } from "./texts";
import { forgetToasts, say } from "./toast";
import { keyField } from "./unsure";

type Enhance = (root: ParentNode) => void;

// Whoever pressed the button goes on from the message, and hears it.
function focusNewest(timeline: HTMLElement | null): void {
  const newest = timeline?.lastElementChild as HTMLElement | null | undefined;
  newest?.setAttribute("tabindex", "-1");
  newest?.focus();
}

function accept(form: HTMLFormElement, answer: Answer): void {
  const timeline = one("[data-timeline]");
  if (timeline) place(timeline, answer.html, "append");
  clearComment(form);
  focusNewest(timeline);
  const key = keyField(form);
  if (key && answer.nextSubmission) key.value = answer.nextSubmission;
  forgetErrors(form);
  say(wordsAfter(form));
}

function showComment(form: HTMLFormElement, answer: Answer, enhance: Enhance): void {
  if (answer.isFragment && answer.status === 200) {
    accept(form, answer);
  } else if (answer.isFragment) {
    forgetToasts();
    showErrors(form, answer.html);
  } else if (asksToSignIn(answer)) {
    showSignedOut();
  } else {
    // The server has never heard of fragments, or the whole page has changed: a comment has reopened the request.
    finish(form, answer, enhance);
  }
}

function send(form: HTMLFormElement, submitter: HTMLElement | null, enhance: Enhance): Promise<void> {
  return sendForm(form, submitter, "text/html; fragment", (answer) => {
    showComment(form, answer, enhance);
    setBusy(form, false);
  });
}

// The visible button for the keys; inside a question one of its own.
function buttonFor(form: HTMLFormElement, place: Element, selector: string): HTMLButtonElement | undefined {
  const question = place.closest("[data-question]");
  return controls<HTMLButtonElement>(form, selector).find(
    (button) => button.offsetParent !== null && !button.disabled && (!question || question.contains(button)),
  );
}

// Ctrl+Enter sends, Ctrl+Shift+Enter sends and resolves. When a colleague was faster, the server says who, and keeps the
// text.
function sendByKey(event: KeyboardEvent): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
  const place = event.target as HTMLElement;
  const form = place.closest("form");
  const selector = event.shiftKey ? "[data-send-and]" : "[data-send]";
  const button = form && (buttonFor(form, place, selector) ?? (event.shiftKey ? one<HTMLButtonElement>("[data-too-late]:not(:disabled)", form) : null));
  if (form && button) {
    event.preventDefault();
    form.requestSubmit(button);
  } else if (form && event.shiftKey && visibilityOf(form)?.value === "internal") {
    event.preventDefault();
    say(text("noteKeepsStatus"));
  }
}

// What is typed in the box now: a reply or a note.
function showMode(form: HTMLFormElement): void {
  const words = visibilityOf(form)?.value === "internal" ? "placeholderNote" : "placeholderReply";
  for (const box of all<HTMLTextAreaElement>("[data-placeholder-note]", form)) box.placeholder = box.dataset[words] ?? "";
}

// Over the live stream the comment itself may come where its answer did not.
function followArrivals(form: HTMLFormElement): void {
  const timeline = one("[data-timeline]");
  if (!timeline) return;
  new MutationObserver(() => {
    if (!controls(form, "[aria-busy]").length) settleArrived(form);
  }).observe(timeline, { childList: true });
}

export function enhanceComments(root: ParentNode, enhance: Enhance): void {
  for (const form of all<HTMLFormElement>("form[data-comment]", root)) {
    form.addEventListener("submit", (event) => {
      if (event.submitter?.matches("[data-no-enter]")) event.preventDefault();
      if (event.defaultPrevented || goesElsewhere(event)) return;
      event.preventDefault();
      if (!form.querySelector("[aria-busy]")) void send(form, event.submitter, enhance);
    });
    form.addEventListener("not-sent", () => settleArrived(form));
    form.addEventListener("keydown", sendByKey);
    form.addEventListener("change", () => showMode(form));
    showMode(form);
    settleArrived(form);
    followArrivals(form);
  }
}
