package ask

// SimplifyTable is the embedded table, for the test that turns it round.
var SimplifyTable = simplifyTable
