/**
 * Which Python files are worth a parse. Most files of a project never mention SQLAlchemy: a text search leaves
 * them out before any parser sees them.
 */
const libraries =
  /\b(?:sqlalchemy|sqlmodel|alembic|flask_sqlalchemy|advanced_alchemy|asyncpg|psycopg2?|psycopg_pool|aiosqlite|fastapi_users\w*|oslo_db|neutron_lib\.db|authlib|sqlalchemy_\w+|BaseSettings)\b|\bdb\.(?:Model|Table|session)\b|\btable=True\b|\b(?:FastAPI|APIRouter)\(|\bAsyncSession\b|#\s*language\s*=\s*(?:sql|postgresql)\b|["']\s*--\s*sql\b/i;

/**
 * True where the text names one of the libraries whose meaning we read, or uses what it imports from a module of its own
 * project as only they are used (`db.Model`, `table=True`, `AsyncSession`), or marks a string as SQL, or makes what FastAPI
 * serves, which scaffolds extend, or has settings, which may name a database.
 */
export function mentionsLibrary(text: string): boolean {
  return libraries.test(text);
}

/** True where the text makes an engine: then the settings that it imports are worth reading too. */
export function makesEngine(text: string): boolean {
  return /\b(?:create_engine|create_async_engine|engine_from_config|async_engine_from_config)\b/.test(text);
}
