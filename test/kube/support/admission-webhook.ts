// A mutating admission webhook on loopback: a policy of somebody else that changes what the runtime applies.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type JsonArray, type JsonObject } from '../../../src/modules/common';
import { type ControlPlane } from './control-plane';

interface Review {
  readonly request: { readonly uid: string; readonly object: JsonObject };
}

/** A JSON patch for the object; empty: it stays as it is. */
export type Mutation = (object: JsonObject) => JsonArray;

const NAME = 'mutate-deployments.example.org';

export class AdmissionWebhook {
  calls = 0;

  private constructor(private readonly server: Server) {}

  /** Registers it for Deployments with this label; fails closed, so that nothing passes unseen. */
  static async start(plane: ControlPlane, labels: JsonObject, mutate: Mutation): Promise<AdmissionWebhook> {
    // The server's own certificate is good for 127.0.0.1, and its file holds the authority too.
    const cert = readFileSync(join(plane.folder, 'certs', 'apiserver.crt'));
    const key = readFileSync(join(plane.folder, 'certs', 'apiserver.key'));
    const server = createServer({ cert, key });
    const webhook = new AdmissionWebhook(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        webhook.calls++;
        const { uid, object } = (JSON.parse(Buffer.concat(chunks).toString()) as Review).request;
        const patch = Buffer.from(JSON.stringify(mutate(object))).toString('base64');
        response.setHeader('content-type', 'application/json');
        const answer = { uid, allowed: true, patchType: 'JSONPatch', patch };
        response.end(JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: answer }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await plane.applyText(JSON.stringify(configuration(port, cert.toString('base64'), labels)));
    return webhook;
  }

  async stop(plane: ControlPlane): Promise<void> {
    await plane.kubectl('delete', 'mutatingwebhookconfiguration', NAME);
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function configuration(port: number, caBundle: string, matchLabels: JsonObject): JsonObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: NAME },
    webhooks: [
      {
        name: NAME,
        clientConfig: { url: `https://127.0.0.1:${port}/mutate`, caBundle },
        rules: [
          { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['deployments'] },
        ],
        objectSelector: { matchLabels },
        failurePolicy: 'Fail',
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        timeoutSeconds: 5,
      },
    ],
  };
}
