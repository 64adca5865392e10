export {
  ANNOTATION,
  API_VERSION,
  FIELD_MANAGER,
  FINALIZER,
  inventoryName,
  LABEL,
  labelValue,
  LEASE_NAME,
  SYSTEM_PREFIX,
} from './labels';
