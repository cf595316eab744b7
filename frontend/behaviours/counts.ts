// Keeps the numbers in the desk's side bar equal to the server's, up and down.

import { all } from "./dom";
import { showOpenEmergencies } from "./emergencies";

type Counts = { open: string; emergencies: string; resolved: string; words: string };

function show(selector: string, number: string): void {
  for (const place of all(selector)) place.textContent = number;
}

export function showCounts({ open, emergencies, resolved, words }: Counts): void {
  show("[data-open-count]", open);
  show("[data-resolved-count]", resolved);
  show("[data-emergency-words]", words);
  show('[data-follows="open"]', open);
  show('[data-follows="emergencies"]', emergencies);
  show('[data-follows="resolved"]', resolved);
  showOpenEmergencies(Number(emergencies));
}
