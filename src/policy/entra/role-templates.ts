/** Template ids of directory roles that rules name; the same in every tenant. https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference */
export const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'
