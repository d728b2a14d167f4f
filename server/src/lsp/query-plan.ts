// The plan of the query at a caret.
import type { QueryPlanArguments, QueryPlanResult } from '../../../shared/requests.ts'
import { explainPlan } from '../core/answers/explain-plan.ts'
import { toPath } from './uri.ts'
import type { Workspace } from './workspace.ts'

/** The plan in words. */
export async function queryPlan(workspace: Workspace, { uri, position }: QueryPlanArguments): Promise<QueryPlanResult> {
  const file = toPath(uri)
  if (file === undefined) return { ok: false, message: 'Only files are read.' }
  const { analyzer, view } = workspace.ownerOf(file)
  const offset = view.lines(file).offset(position.line, position.character)
  const found = analyzer.queryPlan(file, offset)
  if (!found) return { ok: false, message: 'There is no query at the caret whose database is known.' }
  if (found.plan.error) return { ok: false, message: `SQLite refuses this statement: ${found.plan.error.message}.` }
  return { ok: true, markdown: explainPlan(found.sql, found.plan) }
}
