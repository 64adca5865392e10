// v1 ServiceAccount: docs/reference/katalog.md, service account.
import { type MutableJsonObject } from '../../common';
import { bool, list, object, optional, text } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { NAME_FORMS } from '../parts/name-forms';
import { put } from '../parts/part';
import { textListPart } from '../parts/text-list';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { PLAIN_COMPARE } from './plain-compare';

const facts: KindFacts = {
  listKey: 'serviceAccounts',
  resource: { group: '', version: 'v1', kind: 'ServiceAccount', plural: 'serviceaccounts', namespaced: true },
  childKeys: { map: 'serviceaccounts', single: 'serviceaccount' },
  order: 9,
  nameForm: 'subdomain',
  isWorkload: false,
  createOnly: false,
  defaultDeletionPolicy: 'delete',
  compare: PLAIN_COMPARE,
};

const entry = object('service account', {
  ...commonProperties,
  annotations: annotationsProperty,
  imagePullSecrets: optional(list(text), 'Names of Secrets that pods of this account pull images with.'),
  automountServiceAccountToken: optional(bool, 'Pods of this account get a token, unless they say no; default true.'),
});

export const serviceAccounts: ResourceKind<NonNullable<ReturnType<typeof entry.decode>>> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    const secrets = textListPart(decoded.imagePullSecrets, compiler, NAME_FORMS.subdomain);
    return compiler.finish(facts, decoded, name, (scope) => {
      const built: MutableJsonObject = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata(scope) };
      put(
        built,
        'imagePullSecrets',
        secrets?.(scope)?.map((secret) => ({ name: secret })),
      );
      put(built, 'automountServiceAccountToken', decoded.automountServiceAccountToken);
      return built;
    });
  },
};
