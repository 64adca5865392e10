// The only thing the engine sees (DESIGN §1): frozen, with every template and condition compiled to closures.
import { type Gvk, type JsonObject, type Problem, type SourcePosition } from '../../common';
import {
  type CompiledConditions,
  type CompiledTemplate,
  type DataPath,
  type Purity,
  type UserNote,
} from '../../expression';
import { type ResourceType } from '../../kube';
import { type CrdProfileUse, type UserProfile } from '../profiles/compile-profiles';
import { type CompiledEntry, type KindFacts } from '../../resources';
import { type PolicyRule } from '../rbac/policy-rule';

/** A Katalog after compile. */
export interface CompiledKatalog {
  readonly name: string;
  /** Logical tenant that groups CRDs in the UI; not a Kubernetes namespace. */
  readonly namespace: string;
  readonly metadata: KatalogMetadata;
  /** SHA-256 over the expanded Katalog. */
  readonly hash: string;
  /** Enabled CRDs, in dependency order (the file's order as tie break). */
  readonly crds: readonly CompiledCrd[];
  /** The functions that its templates have beside the built-in ones, in the order of the files. */
  readonly notes: readonly UserNote[];
  /** What it declares under `profiles`. */
  readonly profiles: readonly UserProfile[];
  /** Every place of its enabled CRDs that names a profile. */
  readonly profileUses: readonly CrdProfileUse[];
  /** What the runtime has to be allowed beside the kinds of its CRDs and their entries. */
  readonly declaredRights: readonly PolicyRule[];
  /** What a gateway has to be allowed; undefined when the Katalog asks for none. */
  readonly gatewayRules: readonly PolicyRule[] | undefined;
  readonly warnings: readonly Problem[];
  /** Parts that this version can't run: `requireRunnable` refuses them. */
  readonly unrunnable: readonly Problem[];
  /** The documents of the entry files as written, in canonical spelling; disabled CRDs too. */
  readonly documents: readonly JsonObject[];
  /** The one Katalog that they make with everything that they bring in; disabled CRDs too. */
  readonly expanded: JsonObject;
  /** The files that were read, absolute. */
  readonly files: readonly string[];
}

/** What the file says about itself. */
export interface KatalogMetadata {
  readonly description: string | undefined;
  readonly version: string | undefined;
  readonly author: string | undefined;
  readonly license: string | undefined;
  readonly clusterName: string | undefined;
  readonly createdBy: string;
}

/** A setting and where it comes from; `/katalog` shows both. */
export interface Setting<T> {
  readonly value: T;
  readonly source: 'default' | 'configured';
}

/** One enabled CRD entry after compile. */
export interface CompiledCrd {
  /** Key under spec.crds: the CRD name of the HTTP API. */
  readonly name: string;
  readonly description: string;
  readonly position: SourcePosition;
  /** metadata.namespace of the Katalog that it came from. */
  readonly katalogNamespace: string;
  /** The entry as written. */
  readonly definition: JsonObject;
  readonly gvk: Gvk;
  readonly resource: ResourceType;
  /** `resource.plural` is only for the screen: no request and no rule may name it before a cluster was asked. */
  readonly isPluralGuessed: boolean;
  /** Manifest of crdFile; applied only where DESIGN decision 15 allows. */
  readonly crdManifest: { readonly file: string; readonly object: JsonObject } | undefined;
  /** CRs named by crFiles, in order; applied like crdManifest. */
  readonly crFiles: readonly string[];
  /** Only this namespace is watched. */
  readonly watchNamespace: string | undefined;
  readonly labelSelector: string | undefined;
  readonly fieldSelector: string | undefined;
  readonly dependsOn: readonly CrdDependency[];
  readonly workers: Setting<number>;
  readonly resyncMs: Setting<number>;
  /** 0 = unlimited. */
  readonly maxQueueDepth: Setting<number>;
  readonly failureThreshold: number;
  readonly endpoints: { readonly enabled: boolean; readonly health: boolean; readonly info: boolean };
  /** Labels written onto each CR. */
  readonly labels: readonly { readonly key: string; readonly value: CompiledTemplate }[];
  /** Finalizers that the user declared; ours is added by `needsFinalizer`. */
  readonly finalizers: readonly string[];
  /** Ours is needed: cross-namespace or cluster-scoped children, onDelete (engine contract §3.3). */
  readonly needsFinalizer: boolean;
  readonly onCreate: CompiledBlock;
  readonly onReconcile: CompiledBlock;
  readonly onDelete: CompiledDeletion | undefined;
  readonly status: CompiledStatus;
  /** Every kind of a language of its own that an entry of the box can write, without duplicates, in block order. */
  readonly childKinds: readonly KindFacts[];
  /** Every other kind that an entry can write, without duplicates. */
  readonly customKinds: readonly CustomKind[];
  /** Paths that any template or condition of the CRD reads. */
  readonly reads: readonly DataPath[];
  /** Fields that a condition compares with those of the other CRs (`operator: unique`), without duplicates. */
  readonly uniqueFields: readonly DataPath[];
  /** Templates of the entries and status values of the box; forEach evaluates those of its entry once for each item. */
  readonly templateCount: number;
}

/** A kind of children that `custom` entries name. */
export interface CustomKind {
  readonly gvk: Gvk;
  /** Of the first entry that names it. */
  readonly position: SourcePosition;
  /** Undefined: neither the Katalog nor a cluster that was asked told plural and scope. */
  readonly resource: ResourceType | undefined;
}

/** One name of dependsOn. */
export interface CrdDependency {
  /** Name of the other CRD, normalised. */
  readonly name: string;
  readonly condition: 'started' | 'healthy';
  readonly position: SourcePosition;
}

/** onCreate or onReconcile. */
export interface CompiledBlock {
  /** False: the whole block is skipped, without cleanup. */
  readonly conditions: CompiledConditions;
  /** In the fixed order of kinds, then the user's order. */
  readonly entries: readonly CompiledEntry[];
}

/** onDelete. */
export interface CompiledDeletion {
  readonly conditions: CompiledConditions;
  readonly ordered: boolean;
  /** Deadline for the whole sequence. */
  readonly timeoutMs: number;
  /** With `ordered: false` only Jobs run; so the stages are empty until jobs are part of the language. */
  readonly stages: readonly CompiledDeletionStage[];
}

/** One stage of an ordered deletion. */
export interface CompiledDeletionStage {
  readonly name: string;
  readonly conditions: CompiledConditions;
  readonly entries: readonly CompiledEntry[];
}

/** How the text of a status field becomes a value. */
export type StatusFieldType = 'string' | 'int' | 'float' | 'bool' | 'auto';

/** operatorBox.status after compile. */
export interface CompiledStatus {
  /** `kstatus`: Ready means that the children are there too; `classic`: the pass succeeded; `off`: no layer 1. */
  readonly conditions: 'kstatus' | 'classic' | 'off';
  /** No status patch at all (`ignoreStatusPatch`, or a kind without status). */
  readonly isWritten: boolean;
  readonly writesObservedGeneration: boolean;
  readonly fields: readonly CompiledStatusField[];
  /** openAPIV3Schema of `.status` when the CRD is known: desired status is pruned through it (engine contract §2.6). */
  readonly schema: JsonObject | undefined;
}

/** One entry of status.fields. */
export interface CompiledStatusField {
  /** Dotted path relative to status, split. */
  readonly path: readonly string[];
  readonly value: CompiledTemplate;
  readonly type: StatusFieldType;
  readonly conditions: CompiledConditions;
  readonly clearOnFalse: boolean;
  readonly position: SourcePosition;
  readonly purity: Purity;
}
