"""How a row of the matrix in force becomes seats, tasks and questions. Read by the rooms above."""
