"""The matrix as pictures: who carries what, who is asked where, when a role falls empty, who was asked in time."""
