// Where it smelled on an earlier visit, and how, must not become another leak's: only a reload brings that back, the same
// page in another language, and a leak that could not be sent.

import { one } from "./dom";
import { type Fields, keyOf, NOT_SENT } from "./drafts";
import { navigation } from "./navigation";
import { isFresh, tabStorage } from "./storage";

/** Which fields of a form come back. */
export const restoring = { names: (_form: HTMLFormElement, _fields: Fields): RegExp => /./ };

function isSameVisit(form: HTMLFormElement, fields: Fields): unknown {
  return isFresh(fields[0]?.[1]) && (navigation() === "reload" || document.referrer.includes(location.pathname) || tabStorage?.getItem(keyOf(form, NOT_SENT)));
}

export function restoreOneVisit(): void {
  restoring.names = (form, fields) => (isSameVisit(form, fields) ? /./ : /^$/);
}

/** Of an earlier visit what is no leak's, in a form for all types; the same leak's for half an hour. */
export function restoreNoLeak(): void {
  restoring.names = (form, fields) => {
    if (!one("[data-leak-not-sent]", form) || isSameVisit(form, fields)) return /./;
    const type = fields.find(([name]) => name === "request_type")?.[1];
    if (one(`.pick:not(.pick--danger) [value="${type}"]`, form)) return /type|desc|acc|addr|phone/;
    return isFresh(fields[0]?.[1]) ? /./ : /type|desc/;
  };
}
