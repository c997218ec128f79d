/** Built-in roles that rules name; the same ids in every cloud. https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
export const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
export const USER_ACCESS_ADMINISTRATOR = '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'
