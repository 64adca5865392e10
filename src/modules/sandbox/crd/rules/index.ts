export { crdProblems, crdUpdateProblems } from './crd-rules';
