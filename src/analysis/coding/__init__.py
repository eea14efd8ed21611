"""Comments and posts coded by hand: samples drawn to a sheet, codes read back, and compared."""
