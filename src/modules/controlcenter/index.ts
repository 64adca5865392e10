/** L4: the web UI over the HTTP API of runtimes. */
export { ControlCenterModule } from './controlcenter.module';
