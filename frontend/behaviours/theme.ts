// Shows the chosen theme at once; the server keeps it in its cookie, exactly as after a plain post.

import { all } from "./dom";

function show(theme: string): void {
  if (theme === "auto") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.dataset.theme = theme;
  for (const button of all<HTMLButtonElement>("[data-theme-form] button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}

export function startTheme(): void {
  for (const form of all<HTMLFormElement>("[data-theme-form]")) {
    form.addEventListener("submit", (event) => {
      if (!(event.submitter instanceof HTMLButtonElement)) return;
      event.preventDefault();
      const body = new FormData(form);
      body.append(event.submitter.name, event.submitter.value);
      show(event.submitter.value);
      // The page need not wait: at worst the next page comes in the old theme.
      void fetch(form.action, { method: "POST", body: new URLSearchParams(body as never), redirect: "manual" });
    });
  }
}
