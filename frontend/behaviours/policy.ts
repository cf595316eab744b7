// The page's one Trusted Types policy: HTML from the server (fragment.ts) and the address of the live worker, nothing
// else.

type Rules = { createHTML(html: string): string; createScriptURL(url: string): string };
type TrustedTypes = { createPolicy(name: string, rules: Rules): Rules };

/** The only script whose address may be taken from the page; live_carrier.ts names it. */
export const scripts = { allowed: /^$/ };

const rules: Rules = {
  createHTML: (html) => html,
  createScriptURL: (url) => {
    if (!scripts.allowed.test(url)) throw new TypeError(url);
    return url;
  },
};

const trustedTypes = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;

export const policy = trustedTypes ? trustedTypes.createPolicy("app", rules) : rules;
