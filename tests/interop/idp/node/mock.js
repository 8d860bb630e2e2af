// oauth2-mock-server: the client's id says how its answer is spoilt.
import { randomUUID } from 'node:crypto';

import { OAuth2Server } from 'oauth2-mock-server';

const FAULTS = {
  string: (answer) => { answer.body.expires_in = '3600'; },
  silent: (answer) => { delete answer.body.expires_in; },
  untyped: (answer) => { delete answer.body.token_type; },
  gateway: (answer) => { answer.statusCode = 502; answer.body = '<html><title>502 Bad Gateway</title></html>'; },
  refused: (answer) => { answer.statusCode = 401; answer.body = { error: 'invalid_client' }; },
  empty: (answer) => { answer.body = { ok: true }; },
  polite: (answer) => { answer.body = { error: 'invalid_grant', error_description: 'with 200' }; },
};

/** The id of the client, wherever it says it. */
function clientOf(request) {
  const [scheme, value] = (request.headers.authorization ?? '').split(' ');
  if (scheme !== 'Basic') return request.body.client_id;
  return Buffer.from(value, 'base64').toString().split(':')[0];
}

export async function mock() {
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  await server.start(0, '127.0.0.1');
  server.service.on('beforeTokenSigning', (token, request) => {
    token.payload.aud = 'orders';
    token.payload.jti = randomUUID(); // two tokens of one second are two
    // What a careless test double does: `expires_in` still says 3600.
    if (clientOf(request) === 'stale') token.payload.exp = token.payload.iat - 60;
  });
  server.service.on('beforeResponse', (answer, request) => FAULTS[clientOf(request)]?.(answer));
  return server.address().port;
}
