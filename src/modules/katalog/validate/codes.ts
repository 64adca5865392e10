/** Codes of the problems that the Katalog rules find; documented in docs/reference/problems.md. */
export const CODE = {
  kind: 'ORK1002',
  apiVersion: 'ORK1003',
  name: 'ORK1201',
  duplicateCrd: 'ORK1202',
  apiTypes: 'ORK1203',
  crdFile: 'ORK1204',
  dependsOn: 'ORK1205',
  duplicateGvk: 'ORK1206',
  statusSubresource: 'ORK1207',
  statusPath: 'ORK1208',
  statusPruned: 'ORK1209',
  onDelete: 'ORK1210',
  duplicateObject: 'ORK1211',
  random: 'ORK1212',
  clock: 'ORK1213',
  pluralGuessed: 'ORK1214',
  scope: 'ORK1215',
  label: 'ORK1216',
  duplicateId: 'ORK1217',
  statusType: 'ORK1218',
  statusIdle: 'ORK1219',
  selector: 'ORK1220',
  finalizer: 'ORK1221',
  crFile: 'ORK1222',
  foreignDocument: 'ORK1004',
  /** A text that a Katalog names can't be had. */
  source: 'ORK1601',
  /** Two documents that run together declare one setting in two ways. */
  conflict: 'ORK1602',
  /** Something stands there that can't be imported. */
  imported: 'ORK1603',
  override: 'ORK1604',
  /** An `include`, or the file that it names. */
  include: 'ORK1611',
} as const;
