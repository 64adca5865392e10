// Autoscalers and claims of storage (docs/reference/notes.md, hpa and pvc).
import { type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { type NoteSpec } from '../registry';
import { countAt, isConditionTrue, textAt } from './object';
import { pathNotes } from './path-notes';

const PROVISIONER = 'pv.kubernetes.io/provisioned-by';
const CHILDREN = {
  children: {
    hpa: {
      spec: { minReplicas: 2, maxReplicas: 5 },
      status: {
        ...{ currentReplicas: 5, desiredReplicas: 4 },
        conditions: [
          { type: 'ScalingActive', status: 'True' },
          { type: 'AbleToScale', status: 'True' },
          { type: 'ScalingLimited', status: 'False' },
        ],
      },
      _currentMetrics: [{ type: 'Resource' }, { type: 'Pods' }],
      _scaleTarget: { kind: 'Deployment', name: 'web' },
    },
    pvc: {
      spec: {
        ...{ accessModes: ['ReadWriteOnce'], storageClassName: 'fast', volumeMode: 'Filesystem' },
        resources: { requests: { storage: '10Gi' } },
      },
      status: { phase: 'Bound' },
      _pv: {
        metadata: { annotations: { [PROVISIONER]: 'csi.example.io' } },
        spec: { volumeMode: 'Filesystem' },
      },
      _storageClass: { provisioner: 'csi.example.io', reclaimPolicy: 'Delete' },
    },
  },
};
const { of, count, texts, text } = pathNotes(notesOf('hpa'), '.children.hpa', CHILDREN);
const claim = pathNotes(notesOf('pvc'), '.children.pvc', CHILDREN);

function isAtMax(object: Value): boolean {
  const most = countAt(object, 'spec', 'maxReplicas');
  return most !== 0 && countAt(object, 'status', 'currentReplicas') >= most;
}

function isScaling(object: Value): boolean {
  const current = countAt(object, 'status', 'currentReplicas');
  return isConditionTrue(object, 'ScalingActive') && current !== countAt(object, 'status', 'desiredReplicas');
}

function condition(name: string, type: string, doc: string, output: string): NoteSpec {
  return of(`${name}(object any) bool`, doc, output, (object) => isConditionTrue(object, type));
}

export const hpaNotes: readonly NoteSpec[] = [
  count('hpaCurrentReplicas', 'status.currentReplicas', 'The current replicas.', '5'),
  count('hpaDesiredReplicas', 'status.desiredReplicas', 'The replicas that the metrics ask for.', '4'),
  of(
    'hpaMinReplicas(object any) int',
    'The lower bound; 1 when nothing says so.',
    '2',
    (object) => countAt(object, 'spec', 'minReplicas') || 1,
  ),
  count('hpaMaxReplicas', 'spec.maxReplicas', 'The upper bound.', '5'),
  of('hpaAtMax(object any) bool', 'Whether the upper bound is reached.', 'true', isAtMax),
  condition('hpaScalingActive', 'ScalingActive', 'Whether it can read its metrics.', 'true'),
  condition('hpaAbleToScale', 'AbleToScale', 'Whether it can change the replicas.', 'true'),
  condition('hpaScalingLimited', 'ScalingLimited', 'Whether a bound holds it back.', 'false'),
  of('hpaScaling(object any) bool', 'Whether it is active and wants another number of replicas.', 'true', isScaling),
  texts('hpaMetricTypes', '_currentMetrics', 'type', 'The types of its metrics (enrich: hpa).', 'Resource, Pods'),
  text('hpaScaleTargetKind', '_scaleTarget.kind', 'The kind of what it scales (enrich: hpa).', 'Deployment'),
  text('hpaScaleTargetName', '_scaleTarget.name', 'The name of what it scales (enrich: hpa).', 'web'),
];

export const claimNotes: readonly NoteSpec[] = [
  claim.text('pvcPhase', 'status.phase', 'The phase.', 'Bound'),
  claim.of(
    'pvcBound(object any) bool',
    'Whether it is bound to a volume.',
    'true',
    (object) => textAt(object, 'status', 'phase') === 'Bound',
  ),
  claim.text('pvcCapacity', 'spec.resources.requests.storage', 'The requested size.', '10Gi'),
  claim.text('pvcStorageClass', 'spec.storageClassName', 'The storage class.', 'fast'),
  claim.texts('pvcAccessModes', 'spec.accessModes', '', 'The access modes.', 'ReadWriteOnce'),
  claim.of(
    'pvcProvisioner(object any) string',
    'Who provisioned the bound volume (enrich: pvc).',
    'csi.example.io',
    (object) => textAt(object, '_pv', 'metadata', 'annotations', PROVISIONER),
  ),
  claim.text('pvcVolumeMode', '_pv.spec.volumeMode', 'The mode of the bound volume (enrich: pvc).', 'Filesystem'),
  claim.text(
    'pvcStorageClassProvisioner',
    '_storageClass.provisioner',
    'The provisioner of its storage class (enrich: storageclass).',
    'csi.example.io',
  ),
  claim.of(
    'pvcStorageClassReclaimPolicy(object any) string',
    'The reclaim policy of its storage class (enrich: storageclass).',
    'Delete',
    (object) =>
      textAt(object, '_storageClass', 'reclaimPolicy') || textAt(object, '_storageClass', 'spec', 'reclaimPolicy'),
  ),
];
