// A certified OpenID Connect provider that others wrote (npm: oidc-provider), told on standard input what it is.
// It answers at 127.0.0.1:`port`, believes itself to be `issuer`, and says so on standard output once it does.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import http from 'node:http';

const require = createRequire(new URL('../../.vendor/package.json', import.meta.url));
const { default: Provider } = await import(require.resolve('oidc-provider'));

const told = JSON.parse(readFileSync(0, 'utf8'));
const provider = new Provider(told.issuer, {
  clients: told.clients,
  jwks: told.jwks,
  cookies: { keys: ['a secret of this provider alone'] },
  pkce: { required: () => true },
  acrValues: told.acr,
  claims: { openid: ['sub', ...told.claims], acr: null, sid: null, auth_time: null, iss: null },
  conformIdTokenClaims: false,
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256', 'HS256'] },
  features: {
    claimsParameter: { enabled: true },
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...(told.people[id] ?? {}) }) }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid');
    grant.addOIDCClaims(told.claims);
    await grant.save();
    return grant;
  },
});

const NAMES = Object.keys(told.people).map((id) => `<button name="person" value="${id}">${told.people[id].name ?? id}</button>`);
const FORM = `<!doctype html><html lang="sv"><title>Legitimera dig</title><form method="post">${NAMES.join(' ')}<button name="cancel" value="yes">Avbryt</button></form>`;

/** Whoever is picked is identified, as surely as is said of them: what other providers do with cards and telephones. */
async function identify(request, response) {
  if (request.method !== 'POST') {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    return response.end(FORM);
  }
  let body = '';
  for await (const part of request) body += part;
  const fields = new URLSearchParams(body);
  const person = fields.get('person');
  const result = fields.has('cancel')
    ? { error: 'access_denied' }
    : { login: { accountId: person, acr: told.people[person].acr ?? told.acr[0] } };
  return provider.interactionFinished(request, response, result);
}

const others = provider.callback();
const server = http.createServer((request, response) =>
  request.url.startsWith('/interaction/')
    ? identify(request, response).catch((problem) => response.writeHead(500).end(String(problem)))
    : others(request, response),
);
server.listen(told.port, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
// It ends with whoever began it.
setInterval(() => process.ppid === 1 && process.exit(), 500);
