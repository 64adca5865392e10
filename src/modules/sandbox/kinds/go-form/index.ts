/** How the real server's Go types write an object, where an answer quotes a part of one. */
export { forbiddenDiff, immutableInternal, invalidInternal } from './internal-causes';
export { internalText } from './internal-form';
export { inGoOrder } from './published-order';
