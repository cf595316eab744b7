// The page's one Trusted Types policy: HTML from the server (fragment.ts) and the address of the live worker, nothing
// else.

type Rules = { createHTML(html: string): string; createScriptURL(url: string): string };
type TrustedTypes = { createPolicy(name: string, rules: Rules): Rules };

const WORKER = /^\/static\/live_worker\.[0-9a-f]{10}\.js$/;

const rules: Rules = {
  createHTML: (html) => html,
  createScriptURL: (url) => {
    if (!WORKER.test(url)) throw new TypeError(`not a script of ours: ${url}`);
    return url;
  },
};

const trustedTypes = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;

export const policy = trustedTypes ? trustedTypes.createPolicy("app", rules) : rules;
