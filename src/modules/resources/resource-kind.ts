// What the engine has to know about a kind of child, and what one declared entry becomes after compile.
// One file per Kubernetes kind implements ResourceKind (DESIGN §2); the reconciler only sees these types.
import { type Gvk, type JsonObject, type ProblemList, type SourcePosition, type SourceText } from '../common';
import {
  type CompiledConditions,
  type CompiledTemplate,
  type CompileOptions,
  type DataPath,
  type EvaluationContext,
  type Purity,
  type TemplateData,
} from '../expression';
import { type KubeObject, type ResourceType } from '../kube';
import { type CompareHints, type Field, type Located, type TypeSchema } from '../schema';
import { type ProfileRegistry, type ProfileUse } from './profiles/profile-registry';

/** What is known of a list of entries before any of them is. */
export interface ListFacts {
  /** Key of the list in a block: `deployments`. */
  readonly listKey: string;
  /** Keys under `.children` (docs/guide/status.md): `{ map: 'deployments', single: 'deployment' }`. */
  readonly childKeys: { readonly map: string; readonly single: string };
  /** Place in the fixed order of kinds inside a block; lower is applied first. */
  readonly order: number;
  /** Has pods of its own, so that Services and PDBs can select it. */
  readonly isWorkload: boolean;
}

/** Static facts of a kind. */
export interface KindFacts extends ListFacts {
  readonly resource: ResourceType;
  /** What a name of the kind may be: a DNS label, or a DNS subdomain (labels joined by dots). */
  readonly nameForm: 'label' | 'subdomain';
  /** Path of the replica count where a scaler may own it, else undefined. */
  readonly replicasPath?: readonly string[];
  /** Written once and never updated. */
  readonly createOnly: boolean;
  /**
   * What the API server says when an update would change what can't be changed. An update that it refuses for nothing
   * else deletes the object, which is then made again. Absent: such a refusal is an error of the entry.
   */
  readonly recreatedOn?: { readonly field: string; readonly reason: string };
  /** What happens to the object when its entry leaves the Katalog and the entry says nothing (engine contract §3.2). */
  readonly defaultDeletionPolicy: 'delete' | 'retain';
  /** How desired and live are compared (merge keys, quantities, int-or-string). */
  readonly compare: CompareHints;
  /** What the operator must be allowed beside reading and writing objects of the kind. */
  readonly rights?: readonly KindRight[];
}

/** Facts of what one entry makes. */
export interface EntryFacts extends Omit<KindFacts, 'resource'> {
  /** A bare kind is one of which only the API server knows plural and scope: a pass asks its KindLookup. */
  readonly resource: ResourceType | Gvk;
  /** The entry names its kind itself: that is a part of its identity. */
  readonly namesKind?: true;
  /** What the entry says of the scope; the API server may know better, which is an error. */
  readonly isSaidNamespaced?: boolean;
  /** The object is no part of `.children`, and nobody waits until it is ready. */
  readonly hasNoStatus?: boolean;
}

/** A kind that a Katalog or Kubernetes itself tells of, without any cluster. */
export interface KnownKind {
  /** Undefined: plural and scope are not known. */
  readonly resource: ResourceType | undefined;
  /** Of the whole object; undefined: nothing is known of its content. */
  readonly schema: TypeSchema | undefined;
}

/** Verbs on a resource. */
export interface KindRight {
  readonly group: string;
  readonly plural: string;
  readonly verbs: readonly string[];
}

/** The keys that every entry of every kind has. */
export interface CommonEntryFields extends Located {
  readonly id: SourceText | undefined;
  readonly name: SourceText | undefined;
  /** Kinds without a namespace have no such key. */
  readonly namespace?: SourceText | undefined;
  readonly forEach: ForEachFields | undefined;
}

/** `forEach` as decoded. */
export interface ForEachFields extends Located {
  readonly field: SourceText | undefined;
  readonly as: SourceText | undefined;
}

/** A list of entries: its language, and how an entry of it is compiled. */
export interface EntryKind<E extends CommonEntryFields = CommonEntryFields> {
  readonly facts: ListFacts;
  /** The language of one entry. */
  readonly entry: Field<E>;
  /** The language of an entry in onDelete, where that is not `id`, `name` and `namespace`. */
  readonly deletion?: Field<E>;
  compile(entry: E, context: EntryCompileContext): CompiledEntry;
}

/** A list whose entries all make objects of one kind. */
export interface ResourceKind<E extends CommonEntryFields = CommonEntryFields> extends EntryKind<E> {
  readonly facts: KindFacts;
}

/** What compile needs beside the entry itself. */
export interface EntryCompileContext {
  readonly problems: ProblemList;
  readonly options: CompileOptions;
  /** Block that holds the entry; onReconcile entries are drift-corrected. */
  readonly phase: 'onCreate' | 'onReconcile' | 'onDelete';
  /** Every workload entry of the same CRD (all blocks), for selectors of Services (engine contract §6). */
  readonly workloads: readonly WorkloadDeclaration[];
  /** CRD-level `forceConflict`, default true. */
  readonly forceConflict: boolean;
  /** What names of profiles stand for. */
  readonly profiles: ProfileRegistry;
  /** Every place that names a profile is added. */
  readonly profileUses: ProfileUse[];
  /** What the Katalog knows of kinds that are none of Kubernetes' own. */
  readonly kindOf: (kind: Gvk) => KnownKind | undefined;
}

/** An entry with pods, as Services see it. */
export interface WorkloadDeclaration {
  readonly listKey: string;
  /** Raw name template after the default name was filled in. */
  readonly name: string;
  readonly position: SourcePosition;
  /** `field` and `as` of its forEach as one text. */
  readonly forEach: string | undefined;
}

/** `forEach` after compile: the list or map, and the name of an item. */
export interface CompiledForEach {
  readonly field: DataPath;
  readonly as: string;
}

/** Copy of data from an existing object (`fromConfigMap`, ...). */
export interface CompiledCopy {
  /** Undefined: nothing is copied, the declared data goes to several namespaces. */
  readonly sourceName: CompiledTemplate | undefined;
  readonly sourceNamespace: CompiledTemplate | undefined;
  readonly targetNamespaces: readonly CompiledTemplate[];
}

/** One declared child after compile. */
export interface CompiledEntry {
  readonly facts: EntryFacts;
  /** engine contract §1 "entry id": stable when entries are moved. */
  readonly id: string;
  readonly position: SourcePosition;
  /** `spec.crds.website.operatorBox.onReconcile.deployments[0]`. */
  readonly path: string;
  readonly phase: 'onCreate' | 'onReconcile' | 'onDelete';
  /** Updated on every pass (onReconcile, or `reconcile: true`); else created when absent and left alone (onCreate, `once`). */
  readonly isReconciled: boolean;
  readonly deletionPolicy: 'delete' | 'retain';
  readonly forceConflict: boolean;
  readonly conditions: CompiledConditions;
  readonly forEach: CompiledForEach | undefined;
  readonly name: CompiledTemplate;
  /** Undefined: the namespace of the CR. */
  readonly namespace: CompiledTemplate | undefined;
  readonly copy: CompiledCopy | undefined;
  /** Union over all templates and conditions of the entry. */
  readonly reads: readonly DataPath[];
  /** The worst of body, name, namespace and conditions. */
  readonly purity: Purity;
  /** Of what names the object: name, namespace, target namespaces. */
  readonly identityPurity: Purity;
  /** Of everything but conditions. */
  readonly bodyPurity: Purity;
  /** Templates in this entry, for the counter that shows that every pass evaluates every one. */
  readonly templateCount: number;
  /**
   * The object as the user declared it: apiVersion, kind, metadata {name, namespace, labels, annotations} and body,
   * without system labels, owner reference and `applied` annotation on the object itself (the reconciler stamps
   * those), but with system labels inside pod templates and selectors. Keys come in a fixed order. Throws
   * TemplateExecutionError or a UserError with position.
   */
  build(scope: BuildScope): JsonObject;
}

/** What the object of an entry is built from. */
export interface BuildScope {
  /** CR data plus children, and item variables when the entry has forEach. */
  readonly data: TemplateData;
  readonly evaluation: EvaluationContext;
  readonly name: string;
  /** Undefined for cluster-scoped kinds. */
  readonly namespace: string | undefined;
  /** Plain name of the CR: value of `orkestra-owner` in selectors. */
  readonly ownerName: string;
  /** System labels that pods get too (managed, owner, owner-uid, entry). */
  readonly systemLabels: Readonly<Record<string, string>>;
  /** The object in the cluster: existing selectors are immutable and kept (engine contract §6). */
  readonly live: KubeObject | undefined;
  /** The object that `copy` names. */
  readonly copySource: KubeObject | undefined;
}
