/**
 * `node test/conformance/migration-findings.ts FOLDER…`: what the migration rules find in the environments of real projects
 * (run by the built command line), and how many of those that `precision-labels.tsv` labels are false. Writes its section
 * of `RESULTS.md`.
 */
import { resolve } from 'node:path';
import { rules } from '../../src/rules/registry.ts';
import { checkProject } from './check-project.ts';
import { lookedAt, nameOf } from './precision.ts';
import { percent, table, writeSection } from './results.ts';

const migrationRules = new Set(rules.filter(rule => rule.category === 'migration').map(rule => rule.id));
const folders = process.argv.slice(2);
if (folders.length === 0) throw new Error('Name the folders of some projects.');

const projects = folders.map(folder => {
  const path = resolve(folder);
  const { findings, coverage } = checkProject(path, ['--schema', 'none']);
  const project = { name: nameOf({ path }), path, findings, revisions: coverage.migrations.total };
  console.log(`${project.name}: ${project.revisions} revisions`);
  return project;
});
const all = lookedAt(projects).filter(({ finding }) => migrationRules.has(finding.rule));
const labelled = all.filter(({ label }) => label !== null);
const wrong = labelled.filter(({ label }) => label?.verdict === 'false');
writeSection({
  name: 'migration-findings',
  title: 'Findings about migrations of real projects',
  versions: [`Node.js ${process.versions.node}`],
  body: [
    `${all.length} findings of the recommended preset in ${sum(projects.map(each => each.revisions))} revisions of ${projects.length} projects.`,
    `${labelled.length} of them are labelled in \`precision-labels.tsv\`: ${wrong.length} false, ${percent(wrong.length, labelled.length)}.`,
    '',
    table(
      ['project', 'revisions', 'errors', 'warnings', 'hints about what has run'],
      projects.map(({ name, revisions }) => [
        name,
        revisions,
        ...['error', 'warning', 'hint'].map(
          severity =>
            all.filter(({ project, finding }) => project === name && finding.severity === severity).length,
        ),
      ]),
    ),
    '',
    table(['rule', 'findings', 'labelled', 'false'], byRule()),
  ].join('\n'),
});

function byRule(): readonly (readonly (string | number)[])[] {
  return [...migrationRules]
    .map(rule => {
      const count = (list: typeof all) => list.filter(({ finding }) => finding.rule === rule).length;
      return [`\`${rule}\``, count(all), count(labelled), count(wrong)] as const;
    })
    .filter(([, findings]) => findings > 0)
    .sort(([, one], [, two]) => two - one);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
