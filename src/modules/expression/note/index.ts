import { collectionNotes } from './collection/collection.notes';
import { randomNotes } from './collection/random.notes';
import { safeAccessNotes } from './collection/safe-access.notes';
import { jobNotes, cronJobNotes } from './kubernetes/batch.notes';
import { serveNotes, warningNotes } from './kubernetes/event.notes';
import { nodeNotes, podNotes } from './kubernetes/pod.notes';
import { claimNotes, hpaNotes } from './kubernetes/scaling.notes';
import { ingressNotes, serviceNotes } from './kubernetes/service.notes';
import { containerNotes, replicaNotes, replicaSetNotes, statefulSetNotes } from './kubernetes/workload.notes';
import { prometheusNotes } from './network/prometheus.notes';
import { kubeValidationNotes, validationNotes } from './network/validation.notes';
import { cronNotes } from './time/cron.notes';
import { timeNotes } from './time/time.notes';
import { fieldNotes, objectNotes } from './kubernetes/object.notes';
import { quantityNotes } from './kubernetes/quantity.notes';
import { builtinNotes } from './language/builtin.notes';
import { comparisonNotes } from './language/comparison.notes';
import { domainNotes, netNotes } from './network/network.notes';
import { FunctionRegistry } from './registry';
import { dataNotes } from './text/data.notes';
import { stringNotes } from './text/string.notes';
import { coercionNotes } from './values/coercion.notes';
import { conditionalNotes } from './values/conditional.notes';
import { mathNotes } from './values/math.notes';
import { typeNotes } from './values/type.notes';
import { versionNotes } from './version/version.notes';

export { FunctionRegistry, type NoteCard, NoteFailure, noteSignature, type NoteSpec } from './registry';

/** Every function that a template may call; later lists win on a name clash (the note `len` over the built-in). */
export const builtinFunctions = new FunctionRegistry([
  ...builtinNotes,
  ...comparisonNotes,
  ...stringNotes,
  ...conditionalNotes,
  ...safeAccessNotes,
  ...collectionNotes,
  ...dataNotes,
  ...typeNotes,
  ...coercionNotes,
  ...mathNotes,
  ...randomNotes,
  ...quantityNotes,
  ...netNotes,
  ...domainNotes,
  ...versionNotes,
  ...timeNotes,
  ...cronNotes,
  ...validationNotes,
  ...objectNotes,
  ...fieldNotes,
  ...replicaNotes,
  ...replicaSetNotes,
  ...statefulSetNotes,
  ...containerNotes,
  ...podNotes,
  ...serviceNotes,
  ...ingressNotes,
  ...jobNotes,
  ...cronJobNotes,
  ...hpaNotes,
  ...claimNotes,
  ...nodeNotes,
  ...warningNotes,
  ...kubeValidationNotes,
  ...serveNotes,
  ...prometheusNotes,
]);
