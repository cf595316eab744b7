// A real provider of OpenID Connect on loopback, with people whose groups a story changes.

import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const CLIENT = { client_id: "gas-utility", client_secret: "the-secret-of-the-client" };
const GROUPS = "desk=representative, leads=supervisor, admins=administrator";

function signingKeys() {
  const make = (kind, options, alg) => ({
    ...generateKeyPairSync(kind, options).privateKey.export({ format: "jwk" }),
    kid: alg,
    alg,
    use: "sig",
  });
  return [make("rsa", { modulusLength: 2048 }, "RS256"), make("ec", { namedCurve: "P-256" }, "ES256")];
}

export class WorkAccounts {
  /** `people` by login: { given_name, family_name, groups }. */
  static async open(people, algorithm = "RS256") {
    const accounts = new WorkAccounts();
    accounts.people = people;
    accounts.algorithm = algorithm;
    accounts.server = createServer((request, response) => accounts.answer(request, response));
    await new Promise((done) => accounts.server.listen(0, "127.0.0.1", done));
    accounts.issuer = `http://127.0.0.1:${accounts.server.address().port}`;
    return accounts;
  }

  /** The settings of a site at `origin` that signs its staff in here. */
  serve(origin) {
    this.provider = new Provider(this.issuer, {
      clients: [
        {
          ...CLIENT,
          redirect_uris: [`${origin}/accounts/login/provider/back/`],
          id_token_signed_response_alg: this.algorithm,
        },
      ],
      jwks: { keys: signingKeys() },
      cookies: { keys: ["of-the-story"] },
      pkce: { required: () => true },
      // All claims go into the ID token.
      conformIdTokenClaims: false,
      claims: { openid: ["sub", "groups"], profile: ["preferred_username", "given_name", "family_name"], email: ["email"] },
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({ sub: id, preferred_username: id, ...this.people[id] }),
      }),
      features: { devInteractions: { enabled: true } },
    });
    this.handler = this.provider.callback();
    return {
      GAS_UTILITY_SITE_URL: origin,
      GAS_UTILITY_OIDC_ISSUER: this.issuer,
      GAS_UTILITY_OIDC_CLIENT_ID: CLIENT.client_id,
      GAS_UTILITY_OIDC_CLIENT_SECRET: CLIENT.client_secret,
      GAS_UTILITY_OIDC_GROUPS: GROUPS,
    };
  }

  answer(request, response) {
    if (this.isDown) return response.writeHead(503).end();
    return this.handler(request, response);
  }

  /** What a person does on the provider's own pages. */
  async letIn(page, login) {
    await page.waitForURL((url) => url.href.startsWith(this.issuer));
    const field = page.locator("[name=login]");
    if (await field.count()) {
      await field.fill(login);
      await page.locator("[name=password]").fill("a password of the provider");
      await page.locator("[type=submit]").click();
    }
    const consent = page.locator("[type=submit]");
    await Promise.race([consent.waitFor(), page.waitForURL((url) => !url.href.startsWith(this.issuer))]).catch(() => {});
    if (page.url().startsWith(this.issuer)) await consent.click();
    await page.waitForURL((url) => !url.href.startsWith(this.issuer));
  }

  close() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }
}
