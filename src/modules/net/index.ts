/**
 * L2: what several modules share about the network: certificates of loopback, the ports that are listened on.
 */
export { bindPort, type PortChoice } from './listen/bind-port';
export { loopbackCertificate, type LoopbackCertificate } from './x509/loopback-certificate';
