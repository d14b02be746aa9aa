/**
 * Over which other servers a database spreads its rows, by PostgreSQL's own means: tables and partitions on foreign
 * servers, logical replication, and the nodes of Citus. What connects to them (user mappings, `subconninfo`) may hold
 * passwords and is not read.
 */
import { recordOf, textOf } from '../../base/record.ts';
import type { DistributionPart } from '../distribution.ts';
import { productMarks } from '../server-product.ts';
import type { Row } from './live-connection.ts';

type Ask = (sql: string) => Promise<readonly Row[]>;

/** `ask` gives no rows where the server lacks what is asked for. `extensions`: those of `productMarks` that are there. */
export async function readDistribution(
  ask: Ask,
  extensions: readonly string[],
): Promise<readonly DistributionPart[]> {
  const foreign = (await ask(foreignServers)).map(foreignServer);
  const subscriptions = (await ask(subscribed)).map(subscription);
  const publications = (await ask(published)).map(publication);
  const nodes = extensions.includes(productMarks.extension) ? (await ask(citusNodes)).map(citusNode) : [];
  return [...nodes, ...foreign, ...subscriptions, ...publications];
}

/** As many as a person reads; a database has a handful. */
const most = 100;

const foreignServers = `SELECT s.srvname AS name, w.fdwname AS wrapper,
  (SELECT json_object_agg(option_name, option_value) FROM pg_options_to_table(s.srvoptions)
    WHERE option_name IN ('host', 'port', 'dbname')) AS options,
  count(t.ftrelid)::int AS tables, count(c.oid) FILTER (WHERE c.relispartition)::int AS partitions
FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
LEFT JOIN pg_foreign_table t ON t.ftserver = s.oid LEFT JOIN pg_class c ON c.oid = t.ftrelid
GROUP BY s.srvname, w.fdwname, s.srvoptions ORDER BY s.srvname LIMIT ${most}`;

function foreignServer({ name, wrapper, options, tables, partitions }: Row): DistributionPart {
  const { host = null, port = null, dbname = null } = recordOf(options);
  return {
    kind: 'foreign-server',
    name: String(name),
    wrapper: String(wrapper),
    host: textOf(host),
    port: textOf(port),
    database: textOf(dbname),
    tables: Number(tables),
    partitions: Number(partitions),
  };
}

const subscribed = `SELECT s.subname AS name, s.subenabled AS enabled, to_json(s.subpublications) AS publications,
  EXISTS (SELECT FROM pg_stat_subscription r WHERE r.subid = s.oid AND r.pid IS NOT NULL) AS running
FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid
WHERE d.datname = current_database() ORDER BY s.subname LIMIT ${most}`;

function subscription({ name, enabled, publications, running }: Row): DistributionPart {
  return {
    kind: 'subscription',
    name: String(name),
    publications: Array.isArray(publications) ? publications.map(String) : [],
    state: enabled !== true ? 'disabled' : running === true ? 'running' : 'stopped',
  };
}

const published = `SELECT p.pubname AS name, p.puballtables AS all_tables,
  (SELECT count(*)::int FROM pg_publication_tables t WHERE t.pubname = p.pubname) AS tables
FROM pg_publication p ORDER BY p.pubname LIMIT ${most}`;

function publication({ name, all_tables, tables }: Row): DistributionPart {
  return {
    kind: 'publication',
    name: String(name),
    tables: Number(tables),
    isOfAllTables: all_tables === true,
  };
}

/** The coordinator is group 0. Names as Citus documents them. */
const citusNodes = `SELECT n.nodename AS host, n.nodeport AS port, n.groupid = 0 AS coordinates, n.isactive AS active,
  n.noderole::text AS role, (SELECT count(*)::int FROM pg_dist_placement p WHERE p.groupid = n.groupid) AS shards
FROM pg_dist_node n ORDER BY n.groupid, n.noderole, n.nodename, n.nodeport LIMIT ${most}`;

function citusNode({ host, port, coordinates, active, role, shards }: Row): DistributionPart {
  return {
    kind: 'citus-node',
    name: `${String(host)}:${String(port)}`,
    role: coordinates === true ? 'coordinator' : 'worker',
    isActive: active === true,
    isSecondary: role === 'secondary',
    shards: Number(shards),
  };
}
