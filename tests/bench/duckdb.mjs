// node duckdb.mjs THREADS SQL: the answer as CSV, unless the statement writes it itself.
import { DuckDBInstance } from '@duckdb/node-api';

const [threads, sql] = process.argv.slice(2);
const db = await DuckDBInstance.create(':memory:', { threads });
const answer = await (await db.connect()).runAndReadAll(sql);
if (!sql.startsWith('COPY'))
	for (const row of answer.getRows())
		console.log(row.map(cell => cell === null ? '' : String(cell)).join(','));
