// Sends a form as the browser would, but stays on the page. With files it tells the progress, which fetch() cannot;
// without them it hears of a redirect to the same address, which XMLHttpRequest cannot.

import { addPreviews } from "./file_hooks";

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

// This page keeps its files when the form comes back, so the server need not.
const KEPT = "X-Files-Kept";

function bodyOf(form: HTMLFormElement, submitter: HTMLElement | null): FormData {
  const body = new FormData(form);
  addPreviews(body, form);
  if (submitter instanceof HTMLButtonElement && submitter.name) body.append(submitter.name, submitter.value);
  return body;
}

type Sent = { target: string; body: FormData; accept: string };

async function fetchAnswer(form: HTMLFormElement, { target, body, accept }: Sent): Promise<Answer> {
  const isMultipart = form.enctype === "multipart/form-data";
  const answer = await fetch(target, {
    method: "POST",
    headers: { Accept: accept, [KEPT]: "1" },
    body: isMultipart ? body : new URLSearchParams(body as unknown as URLSearchParams),
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

/** Rejects when no answer came, or none of this site. */
export async function post(
  form: HTMLFormElement,
  submitter: HTMLElement | null,
  accept: string,
  progress: Progress,
): Promise<Answer> {
  const answer = await answerTo(form, submitter, accept, progress);
  if (!isOurs(answer)) throw new Error(`an answer ${answer.status} of somebody else`);
  return answer;
}

function answerTo(
  form: HTMLFormElement,
  submitter: HTMLElement | null,
  accept: string,
  progress: Progress,
): Promise<Answer> {
  // An <input name="action"> would hide the property, hence the attribute.
  const action = submitter?.getAttribute("formaction") || form.getAttribute("action") || location.href;
  const target = new URL(action, location.href).href;
  const body = bodyOf(form, submitter);
  const hasFiles = [...body.values()].some((value) => value instanceof File && value.size > 0);
  if (!hasFiles) return fetchAnswer(form, { target, body, accept });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", target);
    request.setRequestHeader("Accept", accept);
    request.setRequestHeader(KEPT, "1");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.addEventListener("load", () =>
      resolve({
        status: request.status,
        url: request.responseURL,
        html: request.responseText,
        isFragment: request.getResponseHeader("X-Fragment") === "1",
        wasRedirected: request.responseURL !== "" && request.responseURL !== target,
        nextSubmission: request.getResponseHeader("X-Next-Submission") ?? "",
      }),
    );
    for (const type of ["error", "abort", "timeout"]) {
      request.addEventListener(type, () => reject(new Error(type)));
    }
    request.send(body);
  });
}
