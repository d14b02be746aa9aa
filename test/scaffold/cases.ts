/** Every case: projects as they are found, and those that begin with nothing. */
import type { CaseProject } from './cases/case-project.ts';
import { existingProjects } from './cases/existing-projects.ts';
import { fromDatabases } from './cases/from-databases.ts';
import { newProjects } from './cases/new-projects.ts';
import { severalDatabases } from './cases/several-databases.ts';
import { sqlmodelProjects } from './cases/sqlmodel-projects.ts';

export type { CaseProject, ScaffoldCase } from './cases/case-project.ts';

export const caseProjects: readonly CaseProject[] = [
  ...existingProjects,
  ...newProjects,
  ...fromDatabases,
  ...severalDatabases,
  ...sqlmodelProjects,
];
