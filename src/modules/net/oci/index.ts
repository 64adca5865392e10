export { type OciLogin } from './login.types';
export { type OciDescriptor, type OciFile, type OciManifest } from './manifest';
export { OciClient } from './oci-client';
export { OciError, type OciFailureReason } from './oci.errors';
export {
  type OciClientOptions,
  type OciPackage,
  type PulledPackage,
  type PullOptions,
  type PushedFile,
  type PushOptions,
  type PushRequest,
} from './oci.types';
export { formatReference, type OciReference, parseReference } from './reference';
