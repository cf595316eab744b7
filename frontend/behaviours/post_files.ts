// Sends a form with files and tells how far it is; see post.ts.

import type { Answer, Progress, Sent } from "./post";

/** Nothing when the form has no files. */
export function postFiles({ target, body, headers, signal }: Sent, progress: Progress): Promise<Answer> | null {
  if (![...body.values()].some((value) => value instanceof File && value.size > 0)) return null;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", target);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
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
    signal?.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}
