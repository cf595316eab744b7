// Sends a form as the browser would, but stays on the page. With files it tells the progress, which fetch() cannot
// (post_files.ts); without them it hears of a redirect to the same address, which XMLHttpRequest cannot.

import { addPreviews, postFiles } from "./file_hooks";

export type Answer = {
  status: number;
  url: string;
  html: string;
  isFragment: boolean;
  wasRedirected: boolean;
  /** The key for the form's next sending: the same words sent twice on purpose are two comments. */
  nextSubmission: string;
};
export type Progress = (part: number) => void;
export type Sent = { target: string; body: FormData; headers: Record<string, string>; signal: AbortSignal | null };

// This page keeps its files when the form comes back, so the server need not.
const KEPT = "X-Files-Kept";

function bodyOf(form: HTMLFormElement, submitter: HTMLElement | null): FormData {
  const body = new FormData(form);
  addPreviews(body, form);
  if (submitter instanceof HTMLButtonElement && submitter.name) body.append(submitter.name, submitter.value);
  return body;
}

async function fetchAnswer(form: HTMLFormElement, { target, body, headers, signal }: Sent): Promise<Answer> {
  const isMultipart = form.enctype === "multipart/form-data";
  const answer = await fetch(target, {
    method: "POST",
    headers,
    body: isMultipart ? body : new URLSearchParams(body as unknown as URLSearchParams),
    signal,
  });
  return {
    status: answer.status,
    url: answer.url,
    html: await answer.text(),
    isFragment: answer.headers.get("X-Fragment") === "1",
    wasRedirected: answer.redirected,
    nextSubmission: answer.headers.get("X-Next-Submission") ?? "",
  };
}

// The page of a proxy or of a Wi-Fi portal is no answer: nobody knows whether the form arrived.
function isOurs(answer: Answer): boolean {
  return answer.isFragment || answer.wasRedirected || answer.html.includes('<main id="main"');
}

/** Rejects when no answer came, or none of this site, or when `signal` gives it up. */
export async function post(
  form: HTMLFormElement,
  submitter: HTMLElement | null,
  accept: string,
  progress: Progress,
  signal: AbortSignal | null = null,
): Promise<Answer> {
  // An <input name="action"> would hide the property, hence the attribute.
  const action = submitter?.getAttribute("formaction") || form.getAttribute("action") || location.href;
  const target = new URL(action, location.href).href;
  const sent = { target, body: bodyOf(form, submitter), headers: { Accept: accept, [KEPT]: "1" }, signal };
  const answer = await (postFiles(sent, progress) ?? fetchAnswer(form, sent));
  if (!isOurs(answer)) throw new Error(`not ours: ${answer.status}`);
  return answer;
}
