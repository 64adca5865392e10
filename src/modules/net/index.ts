/**
 * L2: what several modules share about the network: HTTP to others than the API server, packages in registries, certificates of loopback, the
 * ports that are listened on.
 */
export * from './http';
export { bindPort, type PortChoice } from './listen/bind-port';
export * from './oci';
export { loopbackCertificate, type LoopbackCertificate } from './x509/loopback-certificate';
