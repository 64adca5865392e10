// Topic 5: CustomResourceDefinitions and their objects.
import { topic } from '../../harness/conformance-case';
import { DEFINITION_CASES } from './definitions';
import { LIFE_CASES } from './life';
import { OBJECT_CASES } from './objects';
import { REFUSAL_CASES } from './refusals';
import { ROUTE_CASES } from './routes';

export const CRDS = topic('crds', [DEFINITION_CASES, REFUSAL_CASES, OBJECT_CASES, LIFE_CASES, ROUTE_CASES]);
