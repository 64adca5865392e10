// What people type: kubectl commands in their order, each with the exit code that it has to have.

export interface KubectlStep {
  readonly args: string;
  /** The manifest of `-f -`. */
  readonly input?: string;
  /** Default 0. */
  readonly exit?: number;
}

const SETTINGS = `apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop, labels: { app: web } }
data: { color: blue, size: "3" }
`;

const APP = `${SETTINGS}---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop, labels: { app: web } }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, image: "nginx:1.27", ports: [{ containerPort: 80 }], resources: { limits: { cpu: "0.5" } } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { clusterIP: None, selector: { app: web }, ports: [{ name: http, port: 80 }] }
`;

const GREEN = APP.replace('blue', 'green');

const SITE = `apiVersion: demo.orkestra.io/v1
kind: Website
metadata: { name: hello, namespace: shop }
spec: { image: "nginx:1.27", message: hello }
`;

const on = (input: string, args: string, exit = 0): KubectlStep => ({ args, input, exit });
const run = (args: string, exit = 0): KubectlStep => ({ args, exit });

export const KUBECTL_STEPS: readonly KubectlStep[] = [
  run('create namespace shop'),
  run('create namespace shop', 1),
  run('create configmap plain -n shop --from-literal=a=b'),
  run('create secret generic hidden -n shop --from-literal=a=b'),
  run('create serviceaccount robot -n shop'),
  run('create role reader -n shop --verb=get,list --resource=pods'),
  run('create rolebinding readers -n shop --role=reader --serviceaccount=shop:robot'),
  run('create quota small -n shop --hard=cpu=10,pods=20'),
  run('create job once -n shop --image=busybox --dry-run=server -o yaml'),
  on(APP, 'apply -f -'),
  on(APP, 'apply -f -'),
  on(GREEN, 'diff -f -', 1),
  on(GREEN, 'apply -f -'),
  on(GREEN, 'diff -f -'),
  // What kubectl owned by its client-side apply it takes over.
  on(SETTINGS, 'apply --server-side -f -'),
  on(SETTINGS, 'apply --server-side --force-conflicts -f -'),
  on(SETTINGS.replace('blue', 'red'), 'apply --server-side --field-manager=other -f -', 1),
  on(SITE, 'apply -f -'),
  on(SITE.replace('message: hello', 'message: 5'), 'apply -f -', 1),
  on(SITE.replace('message', 'mesage'), 'apply -f -', 1),
  on(APP.replace('app: web } }\n    spec', 'app: other } }\n    spec'), 'apply -f -', 1),
  run('rollout status deployment/web -n shop'),
  run('wait --for=condition=Available deployment/web -n shop --timeout=20s'),
  run('get deployments,services,configmaps -n shop -l app=web -o wide'),
  run('get deployment web -n shop -o yaml'),
  run('get configmap settings -n shop -o yaml --show-managed-fields'),
  run('get secret hidden -n shop -o jsonpath={.data.a}'),
  run('get deployments -n shop -o custom-columns=NAME:.metadata.name,IMAGE:.spec.template.spec.containers[*].image'),
  run('get configmaps -n shop --field-selector metadata.name=plain -o name'),
  run('get websites -n shop -o wide'),
  run('get website hello -n shop -o jsonpath={.spec.message}'),
  run('get pods -n shop -o jsonpath={.items[*].status.phase}'),
  run('get nothing', 1),
  run('get configmap nobody -n shop', 1),
  run('describe configmap settings -n shop'),
  run('describe role reader -n shop'),
  run('describe website hello -n shop'),
  run('describe quota small -n shop'),
  run('scale deployment/web -n shop --replicas=3'),
  run('scale deployment/web -n shop --current-replicas=9 --replicas=3', 1),
  run('rollout status deployment/web -n shop'),
  run('label configmap plain -n shop tier=one'),
  run('label configmap plain -n shop tier=two', 1),
  run('label configmap plain -n shop tier=two --overwrite'),
  run('annotate configmap plain -n shop note=text'),
  run('patch configmap plain -n shop --type=merge -p {"data":{"m":"1"}}'),
  run('patch configmap plain -n shop --type=json -p [{"op":"remove","path":"/data/a"}]'),
  run(
    'patch deployment web -n shop -p {"spec":{"template":{"spec":{"containers":[{"name":"web","image":"nginx:1.28"}]}}}}',
  ),
  run('patch website hello -n shop --type=merge -p {"spec":{"message":"changed"}}'),
  run('patch website hello -n shop -p {"spec":{"message":"changed"}}', 1),
  run('rollout status deployment/web -n shop'),
  run('set env deployment/web -n shop --list'),
  run('events -n shop --for configmap/plain'),
  run('explain website.spec'),
  run('explain deployment.spec.replicas'),
  run('api-resources --api-group=apps'),
  run('api-resources --api-group=demo.orkestra.io -o wide'),
  run('auth can-i create pods -n shop'),
  run('auth can-i get configmaps/settings -n shop'),
  on(GREEN, 'delete -f - --wait=true'),
  run('wait --for=delete deployment/web -n shop --timeout=20s'),
  run('delete website hello -n shop'),
  run('delete configmap nobody -n shop', 1),
  run('delete namespace shop'),
  run('get namespace shop', 1),
];
