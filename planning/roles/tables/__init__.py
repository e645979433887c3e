"""Matrices as other people wrote them: their cells, how they are laid out, what each row says."""
