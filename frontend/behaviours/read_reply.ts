// Tells the server that the customer's reply was read, as soon as somebody sees the page: a GET changes nothing. When it
// fails the button stays.

import { one } from "./dom";
import { post } from "./post";

export async function readReply(): Promise<void> {
  const form = one<HTMLFormElement>("form[data-read-reply]");
  if (!form) return;
  if (document.visibilityState !== "visible") {
    document.addEventListener("visibilitychange", () => void readReply(), { once: true });
    return;
  }
  try {
    const answer = await post(form, null, "text/html; fragment", () => undefined);
    if (answer.isFragment && answer.status === 200) form.remove();
  } catch {
    return;
  }
}
