import { ACCESS_LEVELS, type AccessLevel } from '../../domain/vocabulary.ts'
import type { AzureActor } from '../../estate/azure/actors.ts'
import type { Estate } from '../../estate/estate.ts'
import type { EffectivePermissionsQuestion } from '../answers.ts'
import type { PermissionAnswer, PermissionRow } from '../engine.ts'
import { applicableActions, levelsOf } from './actions.ts'
import { caveatsFor } from './caveats.ts'
import { decideOn } from './decisions.ts'
import { addDirectoryRows, isGrantingPermission } from './directory-rows.ts'
import { evidenceOf } from './evidence.ts'
import { groupActions } from './group-actions.ts'
import { resolvePrincipal, resolveTarget, type Subject } from './resolve.ts'
import { type AzureRow, createCollector } from './rows.ts'
import { addScopeRows } from './scope-rows.ts'
import { addVaultRows } from './vault-rows.ts'
import { conditionsOf } from './wording.ts'

/**
 * What a principal can do. Without a target: at the scopes at which it was granted, as patterns; with one: every known operation on it, decided.
 * @throws BAD_ID, NOT_FOUND, AMBIGUOUS_NAME, BAD_USAGE
 */
export function effectivePermissions(estate: Estate, question: EffectivePermissionsQuestion): PermissionAnswer {
  const actor = resolvePrincipal(estate, question.principal)
  const subject = question.target === undefined ? undefined : resolveTarget(estate, question.target)
  const rows = subject === undefined ? allRows(estate, actor) : targetRows(estate, actor, subject)
  return {
    rows: [...rows].map(([key, row]) => answerRow(estate, actor, key, row)),
    caveats: caveatsFor(estate, subject, actor),
  }
}

function allRows(estate: Estate, actor: AzureActor): ReadonlyMap<string, AzureRow> {
  const collector = createCollector(estate, actor)
  if (actor.isBlocked) return collector.rows
  addScopeRows(estate, actor, collector)
  addVaultRows(estate, actor, collector)
  addDirectoryRows(estate, actor, collector)
  return collector.rows
}

function targetRows(estate: Estate, actor: AzureActor, subject: Subject): ReadonlyMap<string, AzureRow> {
  const collector = createCollector(estate, actor)
  for (const { sample, actions } of groupActions(estate, subject, applicableActions(estate, subject))) {
    const decision = decideOn(estate, actor, sample, subject)
    for (const action of actions) collector.add(action, { subject, decision, conditions: conditionsOf(decision) })
  }
  return collector.rows
}

function answerRow(estate: Estate, actor: AzureActor, key: string, row: AzureRow): PermissionRow {
  const levelsOfAction = (action: string): readonly AccessLevel[] =>
    row.subject.arm === undefined && !action.includes('/') ? [permissionLevel(action)] : levelsOf([action], row.isData)
  return {
    key,
    target: row.subject.entity,
    via: row.via,
    certainty: row.certainty,
    plane: row.isData === undefined ? null : row.isData ? 'DATA' : 'CONTROL',
    actions: [...row.actions].sort(),
    levelsOf: (actions) => {
      const found = new Set(actions.flatMap(levelsOfAction))
      return ACCESS_LEVELS.filter((level) => found.has(level))
    },
    ofLevels: (levels) => [...row.actions].sort().filter((action) => levelsOfAction(action).some((level) => levels.has(level))),
    prove: () => ({ conditions: row.conditions, evidence: evidenceOf(estate, actor, row.decision, row.subject) }),
  }
}

/** Permissions of an application are named `Mail.Read`, `Application.ReadWrite.All`. */
function permissionLevel(name: string): AccessLevel {
  if (isGrantingPermission(name)) return 'GRANT'
  return /readwrite|write|send|manage|create|delete|fullcontrol|full_access/i.test(name) ? 'WRITE_DATA' : 'READ_DATA'
}
