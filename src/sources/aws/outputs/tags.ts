import type { OutputKind } from './output.ts'
import { resource, tagsOf } from './records.ts'
import { memberOf, under, wrong } from './rows.ts'

/** An output that is the tags of the resource whose ARN was asked about. @param member left out, or empty, where there are none */
export const tagsOfSubject = (id: string, member: string): OutputKind => ({
  id,
  needsSubject: true,
  gone: ['ResourceNotFoundException', 'RepositoryNotFoundException', 'NotFoundException'],
  map: (value, about) => {
    const tags = tagsOf(memberOf(value, member) ?? [])
    if (tags === undefined) return wrong(about, under(about.place, member), 'no tags')
    if (!about.subject.startsWith('arn:')) return wrong(about, about.place, 'Tags are asked for by ARN; what these are of is named otherwise.')
    return resource({ id: about.subject, properties: { tags } }, about)
  },
})
