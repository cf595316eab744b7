// Everything that attaches to a part of the page; run again on parts that arrive later.

import { enhanceComments } from "./comments";
import { enhanceCounters } from "./counter";
import { enhanceDrafts } from "./drafts";
import { enhanceFileFields } from "./file_hooks";
import { enhanceReveals } from "./reveal";
import { enhanceSending } from "./sending";
import { enhanceStartOver } from "./start_over";
import { enhanceUnsure } from "./unsure";

/** What one bundle alone has; after the drafts are there. */
export const ofThisBundle: ((root: ParentNode) => void)[] = [];

export function enhance(root: ParentNode): void {
  enhanceReveals(root);
  enhanceCounters(root);
  void enhanceFileFields(root);
  enhanceDrafts(root);
  enhanceUnsure(root);
  enhanceStartOver(root);
  for (const more of ofThisBundle) more(root);
  enhanceComments(root, enhance);
  enhanceSending(root, enhance);
}
