// Words shown by scripts come from the page (templates/partials/script_texts.html), so they are translated with it.

import { all } from "./dom";

export const words: DOMStringMap = {};

for (const element of all("[data-texts]")) Object.assign(words, element.dataset);
