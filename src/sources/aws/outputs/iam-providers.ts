import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import { date, listOf, name, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import type { About, OutputPart } from './output.ts'
import { resource, tagsOf } from './records.ts'
import { mapRows, mapWhole, wrong } from './rows.ts'

/**
 * Identity providers that roles may trust. https://docs.aws.amazon.com/cli/latest/reference/iam/get-saml-provider.html,
 * get-open-id-connect-provider
 */

const SAML_ARN = /^arn:[^:]+:iam::\d{12}:saml-provider\//
const OIDC_ARN = /^arn:[^:]+:iam::\d{12}:oidc-provider\//

const samlRow = struct({ Arn: z.string().regex(SAML_ARN, 'not the ARN of a SAML provider'), ValidUntil: date, CreateDate: date })
const saml = struct({ SAMLMetadataDocument: text, CreateDate: date, ValidUntil: date, Tags: z.unknown().optional() })
const oidcRow = struct({ Arn: z.string().regex(OIDC_ARN, 'not the ARN of an OIDC provider') })
const oidc = struct({ Url: name, ClientIDList: listOf(z.string()), CreateDate: date, Tags: z.unknown().optional() })

/** The identity provider's own name, in its metadata: https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf, 2.3.2 */
const entityIdIn = (metadata: string): string | undefined => /<(?:\w+:)?EntityDescriptor\b[^>]*?\sentityID\s*=\s*["']([^"']+)["']/.exec(metadata)?.[1]

/** The issuer without its scheme is the ARN's last part. */
const oidcArn = (url: string, { subject, partition, account }: About): string =>
  subject.startsWith('arn:') ? subject : `arn:${partition}:iam::${account}:oidc-provider/${url.replace(/^https:\/\//, '')}`

/** An issuer's path belongs to its name. */
const issuerIn = (arn: string): string => arn.slice(arn.indexOf('/') + 1)

export const iamProviders: OutputPart = {
  part: 'iam-providers',
  regional: false,
  kinds: [
    {
      id: 'aws/iam/list-saml-providers',
      ...knownByArn(SAML_ARN, 'SAMLProviderList', 'Arn'),
      map: (value, about) =>
        mapRows(value, 'SAMLProviderList', about, samlRow, (row) =>
          resource({ id: row.Arn, properties: { createdAt: toIsoDate(row.CreateDate), validUntil: toIsoDate(row.ValidUntil) } }, about),
        ),
    },
    {
      id: 'aws/iam/get-saml-provider',
      knownBy: ['SAMLMetadataDocument'],
      needsSubject: true,
      // Deleted meanwhile.
      absent: ['NoSuchEntity'],
      map: (value, about) =>
        mapWhole(value, about, saml, (said) => {
          if (!SAML_ARN.test(about.subject)) return wrong(about, about.place, `${about.subject} is not the ARN of a SAML provider`)
          const properties = {
            createdAt: toIsoDate(said.CreateDate),
            validUntil: toIsoDate(said.ValidUntil),
            issuer: entityIdIn(said.SAMLMetadataDocument ?? ''),
            tags: tagsOf(said.Tags),
          }
          return resource({ id: about.subject, properties }, about)
        }),
    },
    {
      id: 'aws/iam/list-open-id-connect-providers',
      ...knownByArn(OIDC_ARN, 'OpenIDConnectProviderList', 'Arn'),
      map: (value, about) =>
        mapRows(value, 'OpenIDConnectProviderList', about, oidcRow, ({ Arn }) =>
          resource({ id: Arn, name: issuerIn(Arn), properties: { issuer: issuerIn(Arn) } }, about),
        ),
    },
    {
      id: 'aws/iam/get-open-id-connect-provider',
      knownBy: ['Url', 'ClientIDList'],
      absent: ['NoSuchEntity'],
      map: (value, about) =>
        mapWhole(value, about, oidc, (said) => {
          const id = oidcArn(said.Url, about)
          const properties = {
            createdAt: toIsoDate(said.CreateDate),
            issuer: issuerIn(id),
            clientIds: [...said.ClientIDList].sort(),
            tags: tagsOf(said.Tags),
          }
          return resource({ id, name: issuerIn(id), properties }, about)
        }),
    },
  ],
}
