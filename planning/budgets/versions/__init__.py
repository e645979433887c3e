"""A set of changed lines on its way to both keys: which keys it clears, what is signed, and how it comes in force."""
