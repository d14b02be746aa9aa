/** The virtual environment that what is scaffolded runs in: the sample shop's packages, and those of further drivers and tools. */
import { join } from 'node:path';
import { type VirtualEnvironment, virtualEnvironment } from './bootstrap-python.ts';
import { shopFolder } from './shop.ts';

const requirements = [
  join(shopFolder, 'requirements.lock.txt'),
  join(import.meta.dirname, '..', '..', 'test', 'scaffold', 'requirements.lock.txt'),
];

export function scaffoldEnvironment(signal?: AbortSignal): Promise<VirtualEnvironment> {
  return virtualEnvironment('scaffold', requirements, signal);
}
