// Checks one credential with the implementations of others. Reads a JSON document from standard input:
// { credential | token, did, lists: {address: list}, contexts: {address: context}, at } and writes { ok, why }.
// Nothing is fetched: whatever is not given does not exist.
import { readFileSync } from 'node:fs';
import * as vc from '@digitalbazaar/vc';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { importJWK, jwtVerify } from 'jose';
import { gunzipSync } from 'node:zlib';

const asked = JSON.parse(readFileSync(0, 'utf8'));
const now = new Date(asked.at);
const documents = { ...asked.contexts, [asked.did.id]: asked.did };
for (const method of asked.did.verificationMethod) {
  documents[method.id] = { '@context': 'https://w3id.org/security/multikey/v1', ...method };
}

async function documentLoader(url) {
  if (!(url in documents)) throw new Error(`not given: ${url}`);
  return { contextUrl: null, documentUrl: url, document: documents[url] };
}

function suite() {
  return new DataIntegrityProof({ cryptosuite });
}

async function proven(credential) {
  const result = await vc.verifyCredential({
    credential, suite: suite(), documentLoader, now,
    checkStatus: async () => ({ verified: true }),
  });
  if (!result.verified) {
    const errors = result.error?.errors ?? [result.error];
    throw new Error(errors.map(each => each?.message ?? String(each)).join('; '));
  }
}

function isSet(list, index) {
  const bytes = gunzipSync(Buffer.from(list.credentialSubject.encodedList.slice(1), 'base64url'));
  return (bytes[index >> 3] & (0x80 >> (index & 7))) !== 0;
}

async function standing(credential) {
  for (const entry of [credential.credentialStatus].flat()) {
    const list = asked.lists[entry.statusListCredential];
    if (!list) throw new Error(`status list not given: ${entry.statusListCredential}`);
    await proven(list);
    if (list.credentialSubject.statusPurpose !== entry.statusPurpose) throw new Error('another list');
    if (isSet(list, Number(entry.statusListIndex))) throw new Error(`status: ${entry.statusPurpose}`);
  }
}

async function token() {
  const { kid } = JSON.parse(Buffer.from(asked.token.split('.')[0], 'base64url'));
  const method = asked.did.verificationMethod.find(each => each.id === kid);
  if (!method) throw new Error('unknown key');
  const pair = await Ed25519Multikey.from(method);
  const jwk = await Ed25519Multikey.toJwk({ keyPair: pair });
  const { payload } = await jwtVerify(asked.token, await importJWK(jwk, 'EdDSA'), {
    issuer: asked.did.id, currentDate: now,
  });
  await standing(payload);
}

try {
  if (asked.token) await token();
  else { await proven(asked.credential); await standing(asked.credential); }
  console.log(JSON.stringify({ ok: true, why: '' }));
} catch (fault) {
  console.log(JSON.stringify({ ok: false, why: String(fault.message) }));
}
