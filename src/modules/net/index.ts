/**
 * L2: adapters of network libraries that several modules share.
 */
export { loopbackCertificate, type LoopbackCertificate } from './x509/loopback-certificate';
