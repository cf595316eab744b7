// The question that is asked before an open emergency is resolved.

export function endQuestion(page) {
  return page.getByRole("group", { name: "Is everybody safe and the gas off?" });
}

/** Fills in what was found ("Resolved", "False alarm") and how one knows; sends nothing. */
export async function answerEndQuestion(page, finding, reason) {
  await endQuestion(page).getByRole("radio", { name: finding }).check();
  await endQuestion(page).getByLabel("How do you know?").fill(reason);
}

/** Resolves the open emergency that `page` shows. */
export async function resolveEmergency(page, reason) {
  await page.getByRole("button", { name: "Mark as resolved", exact: true }).click();
  await answerEndQuestion(page, "Resolved", reason);
  await endQuestion(page).getByRole("button", { name: "Resolve", exact: true }).click();
}
