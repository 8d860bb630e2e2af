// oidc-provider below a path, with a client for each way in which clients prove who they are.
import { createPublicKey, generateKeyPairSync } from 'node:crypto';

import { Provider, errors } from 'oidc-provider';

export const ISSUER_PATH = '/realms/orders';
/** Holds what clients forget to encode. */
const SECRET = process.env.INTEROP_CLIENT_SECRET;

const SCOPES = 'orders:read orders:write';
// A JWT with a life of its own, an opaque token that must be asked about, and a token that is soon over.
const RESOURCES = {
  'urn:interop:orders': { accessTokenFormat: 'jwt', accessTokenTTL: 600 },
  'urn:interop:opaque': { accessTokenFormat: 'opaque', accessTokenTTL: 600 },
  'urn:interop:brief': { accessTokenFormat: 'opaque', accessTokenTTL: 4 },
};

function clients(read) {
  const machine = { grant_types: ['client_credentials'], redirect_uris: [], response_types: [], scope: 'orders:read' };
  const key = createPublicKey(read('viewer.key')).export({ format: 'jwk' });
  const one = (client_id, token_endpoint_auth_method, more) => ({ ...machine, client_id, token_endpoint_auth_method, ...more });
  return [
    one('basic', 'client_secret_basic', { client_secret: SECRET }),
    one('post', 'client_secret_post', { client_secret: SECRET }),
    one('hs', 'client_secret_jwt', { client_secret: SECRET }),
    one('key', 'private_key_jwt', { jwks: { keys: [key] }, token_endpoint_auth_signing_alg: 'ES256' }),
    one('cert', 'tls_client_auth', { tls_client_auth_subject_dn: 'viewer', tls_client_certificate_bound_access_tokens: true }),
    one('app', 'none', {
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: ['http://127.0.0.1/callback'],
      application_type: 'native',
      scope: `openid offline_access ${SCOPES}`,
    }),
  ];
}

/** s */
const lifetime = (_, token) => token.resourceServer.accessTokenTTL;

function configuration(read) {
  return {
    clients: clients(read),
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'tls_client_auth', 'none'],
    jwks: { keys: [signingKey()] },
    scopes: ['openid', 'offline_access', ...SCOPES.split(' ')],
    rotateRefreshToken: true,
    ttl: {
      AccessToken: lifetime,
      ClientCredentials: lifetime,
      Grant: 3600,
      IdToken: 600,
      RefreshToken: 3600,
    },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
      revocation: { enabled: true, allowedPolicy: () => true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:interop:orders',
        useGrantedResource: () => true,
        getResourceServerInfo(_, indicator) {
          const known = RESOURCES[indicator];
          if (!known) throw new errors.InvalidTarget();
          return { scope: SCOPES, audience: 'orders', ...known };
        },
      },
      mTLS: {
        enabled: true,
        tlsClientAuth: true,
        certificateBoundAccessTokens: true,
        getCertificate: (ctx) => ctx.socket.getPeerX509Certificate(),
        certificateAuthorized: (ctx) => ctx.socket.authorized,
        certificateSubjectMatches: (ctx, _, expected) => ctx.socket.getPeerCertificate().subject.CN === expected,
      },
    },
  };
}

/** The refresh token of a user's earlier login, which needs a browser otherwise. */
async function refreshToken(op, resource) {
  const client = await op.Client.find('app');
  const scope = `openid offline_access ${SCOPES}`;
  const grant = new op.Grant({ accountId: 'alice', clientId: client.clientId });
  grant.addOIDCScope('openid offline_access');
  grant.addResourceScope(resource, SCOPES);
  const grantId = await grant.save();
  const token = new op.RefreshToken({ accountId: 'alice', client, grantId, gty: 'authorization_code', resource, scope });
  return token.save();
}

/**
 * The request handler. Beside the provider's own paths the driver has two: `/control/requests`, how many token
 * requests there were, and `/control/refresh-token?RESOURCE`.
 */
export async function provider(issuer, read) {
  const op = new Provider(issuer, configuration(read));
  const callback = op.callback();
  let requests = 0;
  return async (request, response) => {
    const [where, query] = request.url.split('?');
    if (where === '/control/requests') return response.end(String(requests));
    if (where === '/control/refresh-token') return response.end(await refreshToken(op, query));
    if (!where.startsWith(ISSUER_PATH)) return response.writeHead(404).end();
    if (where === `${ISSUER_PATH}/token`) requests += 1;
    // Below a path, as express and connect mount it.
    request.originalUrl = request.url;
    request.url = request.url.slice(ISSUER_PATH.length);
    return callback(request, response);
  };
}

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: 'op-1', use: 'sig', alg: 'RS256' };
}
