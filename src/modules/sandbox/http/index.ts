export { ADMINISTRATOR, authenticate } from './authenticate';
export { HttpsServer } from './https-server';
export { kubeconfigText } from './kubeconfig';
export { logEntry } from './request-log';
