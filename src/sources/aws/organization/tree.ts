import type { Origin, SourceRecord } from '../../../domain/facts.ts'
import { fileFinding } from '../../finding.ts'
import type { ExportDocument } from '../../source.ts'
import { isAccountId, parseArn } from '../arn.ts'
import { toIsoDate } from '../dates.ts'
import { documentText, isRecord } from '../document.ts'
import type { Mapped } from '../map/facts.ts'
import { organizationNode, upperFirst, wrongShape, type OrganizationNode, type OrganizationPolicy } from '../schema.ts'
import { guardrailTypes, organizationOf, policyKey, type OrganizationPiece, type OrganizationSaid } from './said.ts'

/** A root with what is below it: `{Id: 'r-…', Arn, Policies: [{Content}], Children: […]}`. */
export const isOrganizationTree = (value: unknown): boolean =>
  isRecord(value) && ['Id', 'Arn', 'Children'].every((wanted) => Object.keys(value).some((key) => upperFirst(key) === wanted))

export function mapOrganizationTree({ file, document, note }: ExportDocument, value: unknown): Mapped {
  const checked = organizationNode.safeParse(value)
  if (!checked.success) {
    const { place, message } = wrongShape(checked.error, document)
    return { records: [fileFinding('WRONG_SHAPE', file, place, message)], open: [] }
  }
  const organization = organizationOf(checked.data.Arn) ?? ''
  const at: Origin = { file, place: document }
  const general: readonly OrganizationPiece[] = [
    { said: 'management', account: parseArn(checked.data.Arn)?.account ?? '' },
    ...(note.takenAt === undefined ? [] : [{ said: 'taken', time: note.takenAt } as const]),
    ...(note.complete === false ? [{ said: 'broken' } as const] : []),
  ]
  const tree: Tree = { organization, records: [], open: [] }
  say(tree, general, at)
  sayNode(tree, checked.data, undefined, at)
  return { records: tree.records, open: tree.open.map((said) => ({ open: 'organization', said })) }
}

interface Tree {
  readonly organization: string
  readonly records: SourceRecord[]
  readonly open: OrganizationSaid[]
}

const say = ({ organization, open }: Tree, pieces: readonly OrganizationPiece[], at: Origin): void => {
  open.push(...pieces.map((piece) => ({ organization, asked: '', at, piece })))
}

function sayNode(tree: Tree, node: OrganizationNode, parent: string | undefined, at: Origin): void {
  say(tree, [pieceOf(node), ...(parent === undefined ? [] : [{ said: 'parent', of: node.Id, parent } as const])], at)
  if (node.Policies !== undefined && node.Policies !== null) {
    say(
      tree,
      guardrailTypes.map((type) => ({ said: 'all-attachments', target: node.Id, type })),
      at,
    )
    node.Policies.forEach((policy, index) => sayPolicy(tree, policy, node.Id, { file: at.file, place: below(at.place, `Policies[${index}]`) }))
  }
  node.Children.forEach((child, index) => sayChild(tree, child, node.Id, { file: at.file, place: below(at.place, `Children[${index}]`) }))
}

function pieceOf({ Id: id, Name, JoinedTimestamp }: OrganizationNode): OrganizationPiece {
  const name = Name ?? undefined
  if (isAccountId(id)) return { said: 'account', id, name, joined: toIsoDate(JoinedTimestamp) }
  return id.startsWith('r-') ? { said: 'root', id, name } : { said: 'unit', id, name }
}

function sayChild(tree: Tree, child: unknown, parent: string, at: Origin): void {
  const checked = organizationNode.safeParse(child)
  if (checked.success) return sayNode(tree, checked.data, parent, at)
  const { place, message } = wrongShape(checked.error, at.place)
  tree.records.push(fileFinding('WRONG_SHAPE', at.file, place, message, { coverage: `aws:organizations:${tree.organization}` }))
  say(tree, [{ said: 'broken' }], at)
}

function sayPolicy(tree: Tree, row: OrganizationPolicy, target: string, at: Origin): void {
  const policy = policyKey(row.Arn)
  say(
    tree,
    [
      {
        said: 'policy',
        policy,
        arn: row.Arn,
        type: row.Type,
        name: row.Name ?? undefined,
        description: row.Description ?? undefined,
        providerManaged: row.AwsManaged ?? undefined,
      },
      { said: 'attachment', policy, target },
    ],
    at,
  )
  const document = documentText(row.Content)
  if (document !== null) say(tree, [{ said: 'content', policy, document }], { file: at.file, place: `${at.place}.Content` })
}

const below = (place: string, member: string): string => (place === '' ? member : `${place}.${member}`)
