export { transitiveGroups } from './groups.ts'
export { mayElevateAccess } from './elevate.ts'
