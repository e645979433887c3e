"""What the demonstration tells of budgets."""
