"""The reconciliation line: the file equals accepted + rejected + duplicates + conflicts, to the penny, by currency."""

from decimal import Decimal

from .booking import PARTS


def reconciliation(batch) -> dict:
    """{"counts": …, "currencies": [{code, file, accepted, rejected, duplicates, conflicts, agrees}]} of a done
    import."""
    totals = batch.totals
    codes = sorted(totals.get("file", {}))
    rows = []
    for code in codes:
        sums = {part: Decimal(totals.get(part, {}).get(code, "0")) for part in ("file", *PARTS)}
        rows.append(sums | {"code": code, "agrees": sums["file"] == sum(sums[part] for part in PARTS)})
    return {"counts": batch.counts, "currencies": rows}


def by_currency(sums: dict, default: str) -> str | dict:
    """One amount where there is one currency, {currency: amount} where there are several; "0.00" where there is
    none."""
    if len(sums) > 1:
        return sums
    return next(iter(sums.values()), default)
