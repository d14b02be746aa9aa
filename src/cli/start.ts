/**
 * What `dbpatterns` starts with: has Node keep the program as it was compiled, so that the next start need not compile it. The
 * program is a file of its own, since Node keeps only what is loaded from here on.
 */
import * as modules from 'node:module';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';

// Missing before Node 22.1. Where the folder cannot be written to, nothing is kept.
modules.enableCompileCache?.(join(cacheFolder(process.env), 'compiled'));
modules.createRequire(import.meta.url)('./program.js');
