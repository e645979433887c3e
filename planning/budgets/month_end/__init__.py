"""What a month needs before it is closed: answers, accruals, and a ledger that ties out."""
