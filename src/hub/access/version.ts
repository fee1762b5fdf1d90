/** What the foot of the door shows; a test keeps it equal to package.json's. */
export const VERSION = "khotan 0.1.0";
