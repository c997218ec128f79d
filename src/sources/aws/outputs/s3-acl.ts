import type { z } from 'zod'
import { isRecord } from '../document.ts'
import type { Mapped } from '../map/facts.ts'
import { listOf, name, struct, text, upperFirst } from '../schema.ts'
import { joined, type About } from './output.ts'
import { grant, resource } from './records.ts'
import { mapWhole } from './rows.ts'
import { ANY_AUTHENTICATED } from '../principals.ts'

/** What `get-bucket-acl` prints. https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html */

const aclGrant = struct({ Grantee: struct({ ID: text, URI: text, EmailAddress: text }), Permission: name })
const acl = struct({ Owner: struct({ ID: text }).nullish(), Grants: listOf(aclGrant) })

const GROUPS: Readonly<Record<string, string>> = {
  'http://acs.amazonaws.com/groups/global/AllUsers': '*',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers': ANY_AUTHENTICATED,
  'http://acs.amazonaws.com/groups/s3/LogDelivery': 'logging.s3.amazonaws.com',
}

/** The list as a whole is one grant, held by whoever it names: it is changed as a whole. */
export const bucketAcl = (value: unknown, bucketArn: string, about: About): Mapped =>
  mapWhole(value, about, acl, ({ Owner, Grants }, origin) => {
    const principals = [...new Set(Grants.map(({ Grantee }) => granteeOf(Grantee, Owner?.ID, about)))].filter((id) => id !== undefined)
    const said = { id: `${bucketArn}#acl`, kind: 'AwsBucketAcl', name: 'ACL', principals, at: bucketArn, origin } as const
    return joined([resource({ id: bucketArn }, about), grant({ ...said, document: JSON.stringify(asPrinted(value)) }, about)])
  })

/** AWS turns e-mail addresses into ids; one that is left names an account that nobody can tell. */
function granteeOf({ ID, URI }: z.output<typeof aclGrant>['Grantee'], owner: string | null | undefined, about: About): string | undefined {
  if (typeof URI === 'string') return GROUPS[URI]
  if (typeof ID !== 'string') return undefined
  return ID === owner ? about.account : ID
}

/** With keys as the CLI writes them. */
function asPrinted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asPrinted)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [upperFirst(key), asPrinted(member)]))
}
