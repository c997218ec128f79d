import { toIsoDate } from '../dates.ts'
import { date, name, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import type { OutputPart } from './output.ts'
import { arnIn, resource } from './records.ts'
import { policyOutput } from './resource-policy.ts'
import { mapRows } from './rows.ts'

/** Backup vaults: https://docs.aws.amazon.com/cli/latest/reference/backup/ */

const vaultRow = struct({ BackupVaultArn: name, CreationDate: date, EncryptionKeyArn: text, VaultState: text })
const recognised = knownByArn('backup', 'BackupVaultArn')

export const backup: OutputPart = {
  part: 'backup',
  regional: true,
  kinds: [
    {
      id: 'aws/backup/list-backup-vaults',
      ...knownByArn('backup', 'BackupVaultList', 'BackupVaultArn'),
      map: (value, about) =>
        mapRows(value, 'BackupVaultList', about, vaultRow, (row) => {
          const properties = { createdAt: toIsoDate(row.CreationDate), encryptionKey: row.EncryptionKeyArn, state: row.VaultState }
          return resource({ id: row.BackupVaultArn, properties }, about)
        }),
    },
    policyOutput({
      id: 'aws/backup/get-backup-vault-access-policy',
      member: 'Policy',
      ...recognised,
      knownBy: ['BackupVaultName', 'BackupVaultArn', 'Policy'],
      needsRegion: true,
      resourceOf: (about, { BackupVaultArn: arn }) => {
        const vault = typeof arn === 'string' ? arn : about.subject
        if (vault === '') return undefined
        return { id: vault.startsWith('arn:') ? vault : arnIn(about, 'backup', `backup-vault:${vault}`) }
      },
      absent: ['ResourceNotFoundException'],
    }),
  ],
}
