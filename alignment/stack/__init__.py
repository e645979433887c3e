"""Everything that runs around Django: servers, processes, assets. Plain Python, usable before Django is configured."""
