/** What findings say they come from, in the editor's Problems panel. */
export const diagnosticSource = 'Database Patterns';
